"""The demo office: an invented province or commune, built through the actions."""
