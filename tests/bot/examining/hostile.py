"""Jobs that no page should ever make of ours: they run in a box only."""

import os
import socket
import subprocess
import zlib


def for_ever() -> None:
    """Use the CPU without end."""
    while True:
        pass


def hoard() -> int:
    """Take two gigabytes of memory."""
    return len([bytes(1_000_000) for _ in range(2_000)])


def stumble() -> None:
    """Break."""
    raise LookupError("words of the page")


def smuggle() -> object:
    """Answer with something that would run where it is received."""
    return os.system


def open_a_socket() -> str:
    """Try to reach out."""
    return _refused(lambda: socket.socket().connect(("127.0.0.1", 9)))


def run_a_program() -> str:
    """Try to run another program."""
    return _refused(lambda: subprocess.run(["/bin/true"], check=False))


def environment() -> set[str]:
    """Return the names of all that the environment says."""
    return set(os.environ)


def leave() -> None:
    """Die as a library does that lost its memory."""
    os.abort()


def double(number: int) -> int:
    """Do as asked."""
    return 2 * number


def pdf_bomb(words: int) -> bytes:
    """Return a small PDF whose one page unpacks to so many times three words."""
    content = zlib.compress(b"BT /F1 12 Tf " + b"(we may share) Tj " * words + b"ET", 9)
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def _refused(attempt: object) -> str:
    try:
        attempt()  # type: ignore[operator]
    except OSError as error:
        return type(error).__name__
    return ""
