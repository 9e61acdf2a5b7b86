"""The blueprint on which sign-in, the own account and the administration of people lie."""

from flask import Blueprint

bp = Blueprint("people", __name__)
