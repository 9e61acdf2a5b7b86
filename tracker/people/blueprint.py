"""The blueprint on which sign-in, the own account and the administration of people lie."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("people", __name__)

Page = str | Response | tuple[str, int]
"""What a view answers."""

SEE_OTHER = 303
