"""Reading of notices: text to clauses to proposed tasks. Pure: no web, database or clock."""
