"""What the tests of the command share."""

import pytest

from regionkit.cli.command import main


@pytest.fixture
def run(capsys):
    """Run the command in this process; return its exit status, output and messages."""

    def call(*arguments):
        try:
            main([str(argument) for argument in arguments])
            status = 0
        except SystemExit as stop:
            status = stop.code or 0
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call
