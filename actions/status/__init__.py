"""The dialogue that shows the holder where their application stands.

Who may be told is decided in actions/applications.

task      the dialogue: what is asked, what becomes of each answer
readings  what in a message is a choice, an application number or a code
refused   what is said when nothing can be shown
shown     an application as a reply
words     names, questions and buttons in three languages (words.yml)
"""
