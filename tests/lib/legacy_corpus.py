"""Names and headers as old spreadsheets saved them: each in the code page of its place."""

# ruff: noqa: E501  a header and its names on one line

#: By code page: (header, names); each name becomes a file of its own, and all of them one more.
CORPUS: dict[str, list[tuple[str, str]]] = {
    "cp1252": [
        ("Nombre (nombre original),Correo electrónico,Duración (minutos)",
         "José Núñez|María Ángeles Peña|Íñigo Ibáñez|Sofía Gómez|Óscar Muñoz|Begoña Güell"),
        ("Nom (nom original),Adresse e-mail,Durée (minutes)",
         "Zoé Lefèvre|François Çelik|Anaïs Noël|Éloïse Bœuf|Benoît Hôte|Gaëlle Château"),
        ("Nome (nome original),E-mail,Duração (minutos)",
         "João Conceição|Inês Simões|António Brandão|Ângela Gonçalves|Luís Patrício|Conceição Leitão"),
        ("Name (ursprünglicher Name),E-Mail,Dauer (Minuten)",
         "Jürgen Müßig|Käthe Groß|Örjan Löwe|Ümit Özdemir|Änne Schäfer|Günther Weiß"),
        ("Nimi (alkuperäinen nimi),Sähköposti,Kesto (minuuttia)",
         "Päivi Hyvönen|Åke Söderström|Väinö Mäkelä|Jyrki Hämäläinen|Märta Sjögren|Östen Åberg"),
        ("Navn,E-post,Varighet", "Søren Kjær|Bjørn Ødegård|Åse Sæther|Jørgen Bækgård|Pål Grønning"),
        ("Nome (nome originale),E-mail,Durata (minuti)", "Nicolò Però|Niccolò Perù|José Cafè"),
    ],
    "cp1250": [
        ("Imię i nazwisko,Adres e-mail,Godzina dołączenia",
         "Łukasz Żółć|Małgorzata Wiśniewska|Zbigniew Krzyżanowski|Agnieszka Dąbrowska|Paweł Zając|Świętosława Łęcka"),
        ("Jméno a příjmení,E-mail,Čas připojení",
         "Jiří Dvořák|Kateřina Nováková|Šárka Růžičková|Zdeněk Příhoda|Václav Kříž|Božena Šťastná"),
        ("Meno a priezvisko,E-mail,Čas pripojenia", "Ľubomír Štúr|Ján Kováč|Zuzana Ďurišová|Žofia Kráľová"),
        ("Név,E-mail cím,Csatlakozás időpontja",
         "Győző Szőke|Erzsébet Tőkés|Gyűrűs Ödön|László Kovács|Zsófia Fűzfa"),
        ("Ime i prezime,E-pošta,Vrijeme pridruživanja", "Željko Đurić|Šime Čović|Živko Ćosić|Đurđica Žic"),
        ("Nume,E-mail,Ora intrării", "Ştefan Ţărană|Mihăiţă Brătianu|Ioniţă Grădinaru"),
    ],
    "euc_jp": [
        ("名前（元の名前）,メールアドレス,参加時間", "山田花子|佐藤 太郎|鈴木 はな|高橋 ケン|田中 美咲|渡辺 さくら"),
        ("名,姓,メールアドレス,所要時間", "花子|太郎|結衣|大翔"),
    ],
    "shift_jis": [
        ("名前（元の名前）,メールアドレス,参加時間", "山田花子|佐藤 太郎|鈴木 はな|高橋 ケン|田中 美咲|渡辺 さくら"),
        ("名,姓,メールアドレス,所要時間", "花子|太郎|結衣|大翔"),
    ],
    "cp949": [("이름(원래 이름),이메일,참가 시간", "홍길동|김민준|이서연|박지훈|최수빈")],
    "gb18030": [
        ("姓名（原始姓名）,电子邮件,加入时间", "王芳|李伟|张敏|刘洋|陈静"),
        ("姓名,邮箱,时长（分钟）", "欧阳·娜娜|阿卜杜拉·买买提|赵 丽"),
    ],
    "cp950": [("姓名（原名）,電子郵件,加入時間", "王小明|陳美玲|林志豪|黃淑芬")],
    "cp874": [("ชื่อ (ชื่อเดิม),อีเมล,เวลาเข้าร่วม", "สมชาย ใจดี|สุดา แก้วมณี|อนันต์ ศรีสุข")],
    "cp1251": [("Имя (настоящее имя),Почта,Время входа", "Иван Петров|Ольга Кузнецова|Сергей Щукин")],
}  # fmt: skip


def files() -> list[tuple[str, str]]:
    """Return (code page, text) of every file: each header with all of its names, and with one."""
    found = []
    for page, parts in CORPUS.items():
        for header, names in parts:
            each = names.split("|")
            for some in (each, *([name] for name in each)):
                rows = [f"{name},{number}@x.example,2020-05-02 14:00" for number, name in
                        enumerate(some)]  # fmt: skip
                found.append((page, "\r\n".join([header, *rows, ""])))
    return found
