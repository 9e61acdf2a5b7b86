"""Evidence: files by digest, with number, date and issuer."""
