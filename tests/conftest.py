"""What holds for every test: nobody but this machine is asked, and Ctrl-C reaches the children that a test starts."""

import signal

import pytest

from sandbox import loopback

loopback.guard()


@pytest.fixture(autouse=True, scope="session")
def _interruptible():
    # A shell starts what it puts into the background with SIGINT ignored, which children inherit: a test that
    # interrupts one would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
