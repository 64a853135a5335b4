"""Letters a user can sign: to the branch, to the bank's grievance cell, to the RBI Ombudsman.

words, templates/   what the letters say, as data          fields    what is asked for, with its words
compose             a letter from what was told             letter    the letter as blocks; its plain text
pdf, fonts          the letter on A4                        store     kept sealed, behind a link that expires
task                the dialogue                            http      the action server's route to the PDF
"""
