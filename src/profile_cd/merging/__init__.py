"""The merge as a pure state machine."""

from __future__ import annotations

from profile_cd.merging.machine import MOST_ARMINGS, after
from profile_cd.merging.terms import (
    Action,
    AnswerOfGitHub,
    Arm,
    Armed,
    ArmRefused,
    Enqueue,
    Forward,
    Look,
    Lost,
    Merged,
    MergeDirectly,
    Merging,
    NotForwarded,
    PlanAgain,
    Refused,
    Seen,
    Start,
    Stop,
    Unknown,
    Wait,
    Waited,
)

__all__ = [
    "MOST_ARMINGS",
    "Action",
    "AnswerOfGitHub",
    "Arm",
    "ArmRefused",
    "Armed",
    "Enqueue",
    "Forward",
    "Look",
    "Lost",
    "MergeDirectly",
    "Merged",
    "Merging",
    "NotForwarded",
    "PlanAgain",
    "Refused",
    "Seen",
    "Start",
    "Stop",
    "Unknown",
    "Wait",
    "Waited",
    "after",
]
