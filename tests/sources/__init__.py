"""Tests of reading files and batches."""
