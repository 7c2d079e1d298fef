"""Seeing pictures and pages: thumbnails and renderings as plain RGBA bytes."""
