"""One log of some size for all tests that save what can be read: each damages a copy of it."""

from tests.operations.rescuing.damaged_logs import damaged, environment, key, whole

__all__ = ["damaged", "environment", "key", "whole"]
