"""What regionkit says to its users: messages, in the reader's language and by the reader's door."""
