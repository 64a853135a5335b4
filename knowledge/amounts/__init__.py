"""Quantities in what people say: numbers, money, ages, durations and dates, in Hindi, Hinglish and English.

Bot and service may both use it: standard library and YAML only.

amount      what is found
tokens      a text in words, numbers and signs with their places
words       the word lists (*.yml)
ambiguous   "do" is two or give: when a word is a number
small       numbers below 100 and digits, of which ...
number      ... one number is put together
ranges      two numbers that are one quantity: "5-6 lakh"
kinds       what kind of quantity it is, by the words around it (said, age, money, years)
dates       calendar dates in digits; months: dates with a month's name
relative    last year, kal, two years ago (tense, intervals)
find        all of it: find(text, today)
written     the other way: a number in words, rupees in digits
"""
