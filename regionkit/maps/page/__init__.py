"""The interactive page: one offline file."""
