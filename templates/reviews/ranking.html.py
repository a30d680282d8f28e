BBBBBBB BBBBBBBBBBB

BBBB BBBB BBBBB

BBBBB BBBBB gettext(u'Ranking')  X BBBBBBBB
BBBBB BBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBB

  XXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXX XXXXXXXXXXXXXXXXXXXX gettext(u'Ranking') XXXXX
BBBBBBBB
BBBBB BBBBBBB
  XXXXXXXXXXXXXX XXXXXXX gettext(u'Ranking') X XXXXXXXXXXXXXXXXXXX
    XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XX
  XXXXXXXXXXXXXXXX
  XXXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XX
  BB BBBBBBBBBBBBBBBXXX gettext(u'At least %(least)s is needed to go on.') SS SSSSS SSSSSSSSS SS SSSSSS SS SS SSS XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXBBBBB
  BBB BBBBBB BBB BB BBBBBBBBBBBB BBB BB BBB BBBBXXXBB BBBBB gettext(u'%(group)s: at most %(cap)s go on.') SSSSSSSSSS SS SSSS SSSSSSS SS SSSBBBB gettext(u'At most %(cap)s go on.') SS SSSS SSSSSSS SS SSSBBBBB XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXBBBBBBBBBBB
  BBB BBB BB BBBBXXXX XXXXXXXXXXX XXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'%(n)s entries share %(score)s at the cut; %(free)s places are left') SSSSS SSSSSSS SSSSS SSSSSSSSS SS SSS SSSS SSSSSSSS SSSSSS SSS SSSSXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX
    BB BBBBBBBBBBBBXXX gettext(u'Settled by %(who)s: %(reason)s') SSSSSSS SS SSSSSSSS SSSSSSSSSSXXXXXXXXBBB BBB BB BBBBBBBBXXXXBB BBBBBB BB BBBBBBBBBBBBBBBBBBB X gettext(u'goes on') XBBBBBXXXXXBBBBBBXXXXX
  BBBB BBBBBBBBXXXXX XXXXXXXXXXXXX XXXXXXXXBBB BBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBXXBBBBBBBBBBXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'Which of them go on') XXXXXXXXXBBB BBB BB BBBBBBBBXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                                         XXXXXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                                         XXXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                                         XXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                                         XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXBBBBBBXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Reason')  XXXXX XXXXXXXXXXXXXXXXX gettext(u'(required)') XXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Settle the tie') XXXXXXXXXXXXXXXX
  BBBBXXXXBBB BBB BB BBBBBBBBXXXXXXXXXBBBBBBXXXXXBBBBBXXXXXXXXXXXXBBBBBB
BB BBBBBBBBBB BB BBBBBBBBBBBXXXX XXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'Composite evaluation report') XXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXBB BBBBBBFFFFFFFFFFXX XXXXXXXXXXXXXXXXXXXXXXXX FFFFFFFFFFF FFFFBB BBBBBBBBBBBBBBBBBBBBB X XX XXXXXXXX gettext(u'Download') XXXXBBBBBXXXXBBBBXXX gettext(u'Not written yet.') XXXXBBBBBBB BBBBBBBB BBB BBBBBBBXX XXXXXXXXXX XXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                             XXXXXXBBB BBBBBBBBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBBXX gettext(u'Write the report') XXXXBBBBBXXXXXXXXXXXXBBBBB
BB BBBBBXXXX XXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXX gettext(u'Ranking') XXXXXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Rank') XXXXXXXX XXXXXXXXXXXX gettext(u'Organisation') XXXXXXXX XXXXXXXXXXXX gettext(u'Prize') XXXXXXXX XXXXXXXXXXXX gettext(u'Score') XXXXXBB BBBBBXXX XXXXXXXXXXXX gettext(u'Parts') XXXXXBBBBBXXX XXXXXXXXXXXX gettext(u'Outcome') XXXXXXXXXXXXXXXXXXXXXXXXXBBB BBBB BB BBBBBXXXXXXX XXXXXXXXXXXX gettext(u'Rank') XXXXXXXXXX XXXXXXXXXXXX gettext(u'Organisation') XXXXXXXXXX XXXXXXXXXXXX gettext(u'Prize') XXXXXXXXXX XXXXXXXXXXXX gettext(u'Score') XXXXXXXBB BBBBBXXX XXXXXXXXXXXX gettext(u'Parts') XXBBB BBBB BB BBBBBBBBBBBBBBBBBBBBBBBB FFFFFFFFFFFFFFFFFFFFFFFFFFFXFFFFFFFFFFFFFFFF X FFFFFFFFFFFFFFFFBB BBB BBBBBBBBBBBB X BBBBBBBBBBBXXXXXBBBBBXXX XXXXXXXXXXXX gettext(u'Outcome') XXBB BBBBBBBBBBBB BB BBBBBBBBBBXXXXXXXXX XXXXXXXXXXXXXXXXX XXXXXXX gettext(u'goes on') X XXBBBB BBBBBBBBBBBB BB BBBBBBXXXXXXXXX XXXXXXXXXXXXXXXX XXXXXXX gettext(u'tied at the cut') X XXBBBBXXXXXXXXX XXXXXXXXXXXXXXXX XXXXXXX gettext(u'does not go on') X XXBBBBBXXXXXXXXXXBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXBBBBB
BB BBBBBBB
  XXXX gettext(u'Decided') XXXXX
  XXXX XXXXXXXXXXXXXXXXXXXXX XXXXXXXXX gettext(u'Decided') XXXXXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Rank') XXXXXXXX XXXXXXXXXXXX gettext(u'Organisation') XXXXXXXX XXXXXXXXXXXX gettext(u'Score') XXXXXXXX XXXXXXXXXXXX gettext(u'Outcome') XXXXXXXX XXXXXXXXXXXX gettext(u'Why') XXXXXXXXXXXXXXXXXXXXXXXXXBBB BBB BB BBBBBBBXXXXXXX XXXXXXXXXXXX gettext(u'Rank') XXFFFFFFFFFFFFFFFFFFFXXXXXXXX XXXXXXXXXXXX gettext(u'Organisation') XXXXXXXXXX XXXXXXXXXXXX gettext(u'Score') XXFFFFFFFFFFFFFFFFFFFFFFFFFFFXXXXXXXX XXXXXXXXXXXX gettext(u'Outcome') XXXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXX gettext(u'Why') XXFFFFFFFFFFFFFFFF XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXXBBBBBBXXXXXXXXXXXXXXXXXXXXXXXXBBBBB
BB BBB BBBBB BBB BBB BBBBBBB
  XXXXXXXX XXXXXX gettext(u'Nothing to rank yet.') X XX
BBBBB
BBBBBBBB
