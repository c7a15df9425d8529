"""Webs for tests that need no server: one that is never asked, and one that a site of a few lines answers."""

import json

from profile_cd.errors import SourceFailed, without_frames
from profile_cd.protocols import Answer


class Nothing:
    """Whoever asks it anything fails the test; side by side is one after another."""

    def side_by_side(self, function, items):
        found = []
        for item in items:
            try:
                found.append(function(item))
            except SourceFailed as error:
                found.append(without_frames(error))
        return found


class Spoken(Nothing):
    """*site* answers each request: a call with method, address, headers and the JSON that was sent.

    It returns a status, a body (bytes, or what becomes JSON) and perhaps headers. *refs* are those of every Git
    repository.
    """

    def __init__(self, site=None, refs=None):
        self.site, self.refs = site, refs or {}
        self.asked = []
        self.public = []
        """The addresses that were not to be asked inside a private network."""

    def _answer(self, method, url, headers, sent=None):
        self.asked.append((method, url, dict(headers or {})))
        status, body, *more = self.site(method, url, headers or {}, sent)
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Answer(status, more[0] if more else {}, b"" if method == "HEAD" else data, url)

    def get(self, url, *, headers=None, large=False, public=False):
        self.public += [url] if public else []
        return self._answer("GET", url, headers)

    def head(self, url, *, headers=None):
        return self._answer("HEAD", url, headers)

    def post(self, url, *, json, headers=None):
        return self._answer("POST", url, headers, json)

    def git_refs(self, _url, _login=None):
        return self.refs
