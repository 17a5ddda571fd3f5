"""Tests of the time room."""
