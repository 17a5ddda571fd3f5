"""Gazetteers that a user adds: GeoNames dumps, OCHA p-code tables, GeoJSON, plain tables; kept beside the world's."""
