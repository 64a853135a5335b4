"""Pictures of the staff console for the docs: `python -m benchmarks.pictures`.

`people.yml` has the made-up people and what they ask, `filling.py` puts them into a store, `camera.py` looks at pages.
"""
