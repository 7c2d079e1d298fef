from desktop.operations import program_files
from desktop.operations.read_ahead import read_ahead
from desktop.operations.steps import load_procedures


def test_what_was_read_ahead_is_not_parsed_again() -> None:
    parsers = (program_files._laws, program_files._policy, load_procedures._parse)
    for one in parsers:
        one.cache_clear()
    read_ahead()
    read = [one.cache_info().misses for one in parsers]
    assert min(read) > 0
    program_files.read_program_data()
    load_procedures.read_procedures()
    assert [one.cache_info().misses for one in parsers] == read
