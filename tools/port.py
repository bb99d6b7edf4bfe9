"""Stop with a clear message when HOST:PORT cannot be served on.

Needed because the server shares its port between workers (SO_REUSEPORT): a second server of the same user
would start without a word and take half of the first one's requests.
"""

import os
import socket
import sys


def main() -> str | None:
    host, port = os.environ["HOST"], os.environ["PORT"]
    try:
        number = int(port)
        family, kind, _, _, address = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except ValueError:
        return f"error: PORT={port} is not a number"
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        other = f"PORT={number % 65535 + 1} make run"
        return f"error: port {port} on {host} cannot be used ({reason}). Take another: {other}"
    return None


if __name__ == "__main__":
    sys.exit(main())
