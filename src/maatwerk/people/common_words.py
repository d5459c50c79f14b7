"""Words and rows of keys of which guessed passwords are made, in Dutch and English. A password that holds nothing else is
refused whatever its digits, so this covers far more than a list of passwords would."""

TEXT = """
    wachtwoord welkom geheim hallo liefde schatje lieverd poes hond kat moeder vader mama papa broer zus baby
    zomer winter herfst lente januari februari maart april mei juni juli augustus september oktober november
    december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag morgen school leerling leraar
    docent klas klaslokaal onderwijs passend samenwerking verband partnerschap budget aanvraag maatwerk regio
    amsterdam rotterdam utrecht eindhoven tilburg groningen nederland holland oranje ajax feyenoord psv voetbal
    beheer beheerder gebruiker account inlog inloggen test tester proef demo tijdelijk standaard nieuw oud begin
    computer internet kantoor werk bureau afdeling bedrijf ikhouvanjou ikhou houvan vanjou jou mijn jouw onze het een
    password passwort passphrase welcome secret hello love lovely princess prince dragon monkey master superman
    batman spiderman pokemon football baseball basketball soccer hockey liverpool arsenal chelsea barcelona
    sunshine rainbow flower butterfly chocolate cookie banana orange cheese summer spring autumn january february
    march june july august october admin administrator root guest user login letmein trustno changeme default
    temporary company office system server database network windows microsoft google facebook instagram twitter
    linkedin youtube samsung iphone apple android michael jennifer jessica jordan daniel thomas robert charlie
    william matthew andrew joshua ashley michelle nicole samantha hannah killer hunter shadow ranger tiger eagle
    panther lion wolf angel devil heaven jesus christ god forever friends family mother father sister brother
    freedom starwars matrix blink metallica nirvana slipknot iloveyou iloveu loveyou loveme fuckyou fuckoff fuck
    whatever nothing something everything anything money dollar euro diamond silver gold golden crystal purple
    yellow black white green blue red pink rood groen blauw geel paars zwart wit one two three four five six seven
    eight nine zero een twee drie vier vijf zes zeven acht negen nul tien the and you are for
    correct horse battery staple mustang ferrari porsche corvette harley yamaha kawasaki mercedes toyota abc xyz
    michaeljackson justinbieber playstation minecraft mortal kombat counterstrike needforspeed peanut butter
    leavemealone jamesbond finalfantasy sanfrancisco christopher ticketmaster sonyericsson temp standard world
    access asdf qwer zxcv pass word mine your life best good cool super mega ultra power magic music guitar player
"""
WORDS = frozenset(TEXT.split())

KEYBOARD = (
    "1234567890",
    "0987654321",
    "qwertyuiop",
    "poiuytrewq",
    "azertyuiop",
    "qwertzuiop",
    "asdfghjkl",
    "lkjhgfdsa",
    "zxcvbnm",
    "mnbvcxz",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
)

KEYS = {
    letter: (column, line)
    for line, row in enumerate(("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"))
    for column, letter in enumerate(row)
}
