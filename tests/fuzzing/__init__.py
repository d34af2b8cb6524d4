"""Content that is broken at random, built: whatever it is, it becomes a sound site or a list of problems.

python -m tests.fuzzing --slag yaml --från 0 --antal 5000
python -m tests.fuzzing --fall yaml:1234
"""
