"""`python -m train`: one request on standard input, events on standard output, an exit code that says how it ended."""

from __future__ import annotations

import signal
import sys
from types import FrameType

from train.events import Says, error_event, own_standard_output
from train.failure import Failure, Interrupted
from train.request import Request, parse_request


def main() -> int:
    say = own_standard_output()
    try:
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, _interrupt)
        request = parse_request(sys.stdin.read())
        evaluation = _run(request, say)
    except Failure as failure:
        say(error_event(failure))
        return failure.exit_code
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == "train":
            raise
        expected = "the packages of src/train/requirements.txt, which src/train/setup.mjs installs"
        found = f"no module named '{error.name}'"
        missing = Failure("world", what="Python", found=found, expected=expected, where=sys.executable)
        say(error_event(missing))
        return missing.exit_code
    except OSError as error:
        # A full disk, a folder that went away: told like every other fault of the world.
        where, found = str(error.filename or "files"), f"'{error.strerror or error}'"
        expected = "one that can be read and written"
        fault = Failure("world", what="file", found=found, expected=expected, where=where)
        say(error_event(fault))
        return fault.exit_code
    except Interrupted as interrupted:
        return interrupted.exit_code
    say({"event": "result", "exit_code": 0, "evaluation": str(evaluation)})
    return 0


def _run(request: Request, say: Says) -> object:
    # Heavy packages load here, when the request is known to be sound.
    from threadpoolctl import threadpool_limits

    # One thread of linear algebra: sums in another order would be other bytes.
    with threadpool_limits(limits=1, user_api="blas"):
        if request.command == "train":
            from train.job.train_job import train

            return train(request, say)
        from train.job.evaluate_job import evaluate

        return evaluate(request, say)


def _interrupt(signal_number: int, _frame: FrameType | None) -> None:
    # A second one changes nothing: cleaning up takes milliseconds.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    raise Interrupted(signal_number)


if __name__ == "__main__":
    sys.exit(main())
