"""The wire of the sandbox: sites on loopback under their real names, and everything that can go wrong on the way."""

from sandbox.net import faults, hostile
from sandbox.net.forms import Fields, Value, fields_of
from sandbox.net.messages import Exchange, Hook, Request, Reset, Response, Site
from sandbox.net.street import Street

__all__ = [
    "Exchange", "Fields", "Hook", "Request", "Reset", "Response", "Site", "Street", "Value", "faults", "fields_of",
    "hostile",
]  # fmt: skip
