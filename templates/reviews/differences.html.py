BBBBBBB BBBBBBBBBBB

BBBB BBBB BBBBB

BBBBB BBBBB gettext(u'Differences')  X BBBBBBBB
BBBBB BBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBB

  XXX XXXXXXXXXXXXXXXXXXXXXX XXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXBBBBBBBB
BBBBB BBBBBBB
  XXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX
                 XXXXXX X  gettext(u'Differences') XX
    XXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XX
  XXXXXXXXXXXXXXXX
  BB BBBBBBBBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBB
  BBBBB
  BB BBB BBBBBBBBBBBXXXXXXXX XXXXXX gettext(u'Sheets are independent: they are shown to the team when all are in.') XXXXX ngettext(u'%(n)s sheet is still out.', u'%(n)s sheets are still out.', count) SSSSS SSSSS SS SSSSS SSSSPPPPP PPPPPP PPP PPPPP PPPPXXXXXXXXXXXXXX
BBBB
  XXXX XXXXXXXXXXXX BB BBBBBBBBBBBBBBXXXXXXXXXXXXXBBBBXXXXXXXXXXXXXBBBBBX
       XXXXXXXXXXXXXXXXXXXBB BBBBBBBBBBBBBB ngettext(u'%(n)s item is to be agreed on (marks more than %(spread)s %% apart are talked over).', u'%(n)s items are to be agreed on (marks more than %(spread)s %% apart are talked over).', count) SSSSS SSSS SS SS SS SSSSSS SS SSSSSS SSSS SSSS SSSSSSSSSS SS SSSSS SSS SSSSSS SSSSSSPPPPP PPPPP PPP PP PP PPPPPP PP PPPPPP PPPP PPPP PPPPPPPPPP PP PPPPP PPP PPPPPP PPPPPPBBBB gettext(u"The team's result: %(result)s of %(total)s points.") SSS SSSSSS SSSSSSS SSSSSSSSSS SS SSSSSSSSS SSSSSSSBBBBBXXXXXXXXXXXX
  BB BBBBBBBBBB BBB BBBBBBBBBBB
    XXXX XXXXXXXXXXX XXXXXX
      XXXX XXXXXXXXXXXXXXXXXXXX
        XXX XXXXXXXXXXXXXXXXXXX gettext(u'What the team agreed on') XXXXX
      XXXXXX
      XXXX XXXXXXXXXXXXXXXXXX
        XXXXX XXXXXXXXXXXXX XXXXXXXXXXX
          BBBBBBBBBB
          XXXXXXXXX XXXXXXXXXXXX XX
          BBB BBBBB BBBBBB BBBBBB BB BBBBBBBBBXXXXXXXXX XXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXXXXBBBBBB
          XXXXXXX XXXXXXXXXX XXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Record the agreement') XXXXXXXXX
        XXXXXXX
      XXXXXX
    XXXXXX
  BBBBB
  XXXX XXXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXXX gettext(u'All sheets side by side') XXXXXXXXXXXXXXXX XXXXXXXXXXXX gettext(u'Item') XXXXXBBB BBBBB BB BBBBBBBBBBBXXX XXXXXXXXXXXX gettext(u'Reviewer %(n)s') SSSSSSSS SSSSSXXXXXBBBBBBXXX XXXXXXXXXXXX gettext(u'Apart') XXXXXXXX XXXXXXXXXXXX gettext(u'Agreed') XXXXXXXXXXXXXXXXXX
    XXXXXXXBBB BBBB BB BBBBBXXXBB BBBBBBBBBBBBBB XXXXXXXXXXXXXXXXXXXXXBBBBBXXXX XXXXXXXXXXXX XXXXXBBB BBBB BB BBBBBBBBBBXXX XXXXXXXXXXXX gettext(u'Reviewer %(n)s') SSSSSSSS SSSSSXXFFFFFFFFFFFFFFFFXXXXXBBBBBBXXX XXXXXXXXXXXX gettext(u'Apart') XXBB BBBBBBBBBBBFFFFFFFFFFFFFFFF XBBBBXBBBBBXXXXXXXX XXXXXXXXXXXX gettext(u'Agreed') XXFFFFFFFFFFFFFFFFFFFXXXXXXXXXXBBBBBBXXXXXXXXXXXXXXXXXXXXXXXX
  BB BBBBBBBBBBXXXX XXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX gettext(u'Open a sheet again') XXXXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXBBB BBBBB BB BBBBBBBBBBBXXXXXXXXXXXXXXXXXX gettext(u'Reviewer %(n)s') SSSSSSSS SSSSSXXXXXXXXXXBBB BBBBBBBBBBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBBBBBB BB BBBBBBBBBBXXXXXXX XXXXXXXXXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                            XXXXXXXXXXXXXXXXXXXX
                                                                                                                                                                                                                                                                                                                                                                                            XXXXXXXX gettext(u'Open the sheet again') X
                                                                                                                                                                                                                                                                                                                                                                                            XXXXXXXXXXXXXXXX XXXXXXXXXXXXBBBBBBXXXXXXXXXXXXBBBBB
BBBBB
BBBBBBBB
