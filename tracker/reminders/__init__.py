"""The ladder, who is owed what, the ledger, digests."""
