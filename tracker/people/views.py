"""Pages of sign-in, the own account and the administration of people."""

from flask import Blueprint

bp = Blueprint("people", __name__)
