import io

import pytest

from desktop.intake.pieces import PiecedFile, PieceMissing

WHOLE = bytes(range(100))
FILE_PIECES = WHOLE[:20] + WHOLE[70:]


def test_whole_file_reads_as_it_is() -> None:
    file = PiecedFile(WHOLE)
    assert (file.readable(), file.seekable()) == (True, True)
    assert file.read() == WHOLE
    assert file.read(5) == b""
    assert file.beginning() == WHOLE
    assert file.seek(-10, io.SEEK_END) == 90
    assert file.seek(-5, io.SEEK_CUR) == 85
    assert file.read(3) == WHOLE[85:88]
    assert file.tell() == 88
    with pytest.raises(ValueError, match="beginning"):
        file.seek(-1)


def test_pieces_read_where_they_stand() -> None:
    file = PiecedFile(FILE_PIECES, 100, 20)
    assert file.size == 100
    assert file.read(10) == WHOLE[:10]
    assert file.read(50) == WHOLE[10:20]
    with pytest.raises(PieceMissing):
        file.read(1)
    assert file.read(0) == b""
    file.seek(80)
    assert file.read(None) == WHOLE[80:]
    assert file.beginning() == WHOLE[:20]
