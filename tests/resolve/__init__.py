"""Tests of who, where and when."""
