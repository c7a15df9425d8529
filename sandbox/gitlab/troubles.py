"""GitLab's refusals that have to do with the project and not with the request, in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from sandbox.net import Response

Trouble = Literal[
    "", "filtered", "filtered (older)", "no jobs", "no jobs (older)", "no ci file", "broken ci file", "protected ref",
    "job token", "owner lost rights", "moved", "failed at once", "too many", "too many (pipelines)", "down",
    "answer lost", "timed out though created",
]  # fmt: skip


def base(words: str) -> object:
    """A refusal by the pipeline itself, in the shape of a model's errors."""
    return {"message": {"base": [words]}}


TOO_MANY_PIPELINES = base("Too many pipelines created in the last minute. Try again later.")
TROUBLES: Mapping[Trouble, tuple[int, object]] = {
    "filtered": (
        400,
        base(
            "Pipeline filtered out by workflow rules. The pipeline could not be created because it did not match any "
            "workflow rules."
        ),
    ),
    "filtered (older)": (400, base("Pipeline filtered out by workflow rules.")),
    "no jobs": (
        400,
        base(
            "Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being "
            "added to the pipeline."
        ),
    ),
    "no jobs (older)": (400, base("No stages / jobs for this pipeline.")),
    "no ci file": (400, base("Missing CI config file")),
    "broken ci file": (400, base("jobs config should contain at least one visible job")),
    "protected ref": (
        400,
        base(
            "You do not have sufficient permission to run a pipeline on 'main'. Please select a different branch or "
            "contact your administrator for assistance."
        ),
    ),
    "job token": (401, {"message": "Job is not running"}),
    "owner lost rights": (403, {"message": "403 Forbidden"}),
    "moved": (405, {"message": "Non GET methods are not allowed for moved projects"}),
    "failed at once": (422, base("Pipeline creation failed")),
    "too many": (429, {"message": {"error": "This endpoint has been requested too many times. Try again later."}}),
    "too many (pipelines)": (400, TOO_MANY_PIPELINES),
    "down": (502, None),
}
"""Status and JSON of each that starts nothing."""

DOWN = b"<!DOCTYPE html><html><head><title>GitLab is not responding (502)</title></head><body>502</body></html>"


def answer(trouble: Trouble, retry_after: int | None) -> Response | None:
    """What *trouble* says; None where it lets the pipeline start."""
    if trouble not in TROUBLES:
        return None
    status, body = TROUBLES[trouble]
    if body is None:
        return Response(status, {"Content-Type": "text/html"}, DOWN)
    waits = {"Retry-After": str(retry_after)} if retry_after is not None and status == 429 else {}
    return Response.of_json(body, status, waits)
