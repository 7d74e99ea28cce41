"""The plan pack: tables of facts with their Frictionless descriptor."""
