/** What protocol's declarations say of components, elements and what is written on them. Fetched where it is read. */
export const DECLARATIONS: Readonly<Record<string, string>> = {
  "Places its children. `auto` fills rows by each child's minimum, ideal and maximum width.":
    "Ordnet, was in ihm steht. `auto` füllt Reihen nach der kleinsten, besten und größten Breite von jedem.",
  "How children are placed.": "Wie der Inhalt angeordnet ist.",
  "Space between children in pixels.": "Abstand dazwischen in Pixeln.",
  "Number of columns of the grid strategy.": "Zahl der Spalten bei grid.",
  "Groups children in a box, with a heading where `title` is given.":
    "Fasst Inhalt in einem Kasten zusammen, mit einer Überschrift, wenn `title` gegeben ist.",
  "Heading above the children.": "Überschrift über dem Inhalt.",
  "The way children follow each other.": "Die Richtung, in der der Inhalt aufeinander folgt.",
  "How the box looks.": "Wie der Kasten aussieht.",
  "Several parts of which one shows at a time. `bind` holds the name of the open one; without it each viewer has their own.":
    "Mehrere Teile, von denen immer einer zu sehen ist. `bind` hält den Namen des offenen; ohne das hat jeder seinen eigenen.",
  "The arrows open the next and the previous tab, Home and End the first and the last; Tab enters the part.":
    "Die Pfeile öffnen den nächsten und vorigen Reiter, Pos1 und Ende den ersten und letzten; Tab führt in den Teil.",
  "What the tabs choose between; their accessible name.": "Wozwischen die Reiter wählen; ihr Name für Vorleser.",
  "The name of the open tab, where `bind` is not used; absent: the first.":
    "Der Name des offenen Reiters, wo `bind` nicht benutzt wird; fehlt er, der erste.",
  "The viewer opened another tab; `$event` is its name.": "Ein anderer Reiter wurde geöffnet; `$event` ist sein Name.",
  "One part of Tabs. Only the open one's content is painted.":
    "Ein Teil von Tabs. Nur der Inhalt des offenen wird gezeichnet.",
  "The words on the tab.": "Die Wörter auf dem Reiter.",
  "What Tabs is bound to while this one is open; absent: the label.":
    "Woran Tabs gebunden ist, während dieser offen ist; fehlt es, die Beschriftung.",
  "A short word or number beside the label.": "Ein kurzes Wort oder eine Zahl neben der Beschriftung.",
  "Cannot be opened when true.": "Lässt sich nicht öffnen, wenn es gilt.",
  "A line across, with an optional label.": "Eine Linie quer, auf Wunsch mit Wörtern.",
  "Words in the line.": "Wörter in der Linie.",
  "Groups inputs. Enter in an input, or a Button inside that has no `onClick`, submits it.":
    "Fasst Eingaben zusammen. Enter in einem Feld, oder ein Button darin ohne `onClick`, schickt sie ab.",
  "Enter in an Input submits it.": "Enter in einem Input schickt es ab.",
  "Accessible name of the form.": "Name des Formulars für Vorleser.",
  "The form was submitted.": "Das Formular wurde abgeschickt.",
  "Plain text.": "Schlichter Text.",
  "The text; any value is written as text.": "Der Text; jeder Wert wird als Text geschrieben.",
  "How large.": "Wie groß.",
  "How heavy.": "Wie fett.",
  "What the colour says.": "Was die Farbe sagt.",
  "A link to a web address; opens beside this page.": "Ein Link zu einer Webadresse; öffnet sich neben dieser Seite.",
  "Tab reaches it; Enter follows it.": "Tab erreicht ihn; Enter folgt ihm.",
  "Where it goes: http, https or mailto; or a file of the workspace, which it saves.":
    "Wohin er führt: http, https oder mailto; oder eine Datei des Arbeitsbereichs, die er speichert.",
  "The words to click.": "Die Wörter zum Anklicken.",
  "One number with its label, large.": "Eine Zahl mit ihrer Beschriftung, groß.",
  "What is measured.": "Was gemessen wird.",
  "The number or text.": "Die Zahl oder der Text.",
  "Written behind the value.": "Steht hinter dem Wert.",
  "Difference to before; shown with its sign.": "Der Unterschied zu vorher; wird mit Vorzeichen gezeigt.",
  "A pattern of the `format` helper for the value, such as `0.0`, `0%` or `€0.00`.":
    "Ein Muster für `format` für den Wert, etwa `0.0`, `0%` oder `€0.00`.",
  "A short word with a coloured ground.": "Ein kurzes Wort auf farbigem Grund.",
  "The word.": "Das Wort.",
  "A bar from 0 to `max`.": "Ein Balken von 0 bis `max`.",
  "How far.": "Wie weit.",
  "The value of a full bar.": "Der Wert eines vollen Balkens.",
  "What progresses.": "Was vorangeht.",
  "A picture. Where it cannot be shown its words stand in its place.":
    "Ein Bild. Wo es sich nicht zeigen lässt, stehen seine Wörter an seiner Stelle.",
  "An http or https address, a raster picture as data:image, or a file of the workspace as File binds it.":
    "Eine Adresse mit http oder https, ein Rasterbild als data:image oder eine Datei des Arbeitsbereichs, wie File sie bindet.",
  "What is to be seen, for people who cannot see it.": "Was zu sehen ist, für alle, die es nicht sehen können.",
  "Words below the picture.": "Wörter unter dem Bild.",
  "Width to height, such as 16/9; the room is kept while it loads.":
    "Breite zu Höhe, etwa 16/9; der Platz bleibt frei, während es lädt.",
  "Fills its room, or fits into it whole; with `ratio`.": "Füllt seinen Platz oder passt ganz hinein; mit `ratio`.",
  "A small sign from the Lucide set. It says nothing to a screen reader unless it has a `label`.":
    "Ein kleines Zeichen aus Lucide. Vorlesern sagt es nichts, außer es hat ein `label`.",
  "Which sign.": "Welches Zeichen.",
  "What it means, where no words stand beside it.": "Was es bedeutet, wo keine Wörter daneben stehen.",
  "How large: 16, 20 or 28 pixels.": "Wie groß: 16, 20 oder 28 Pixel.",
  "Text in GitHub's Markdown, from `content` or from the element's own text. Raw HTML is shown as text.":
    "Text in GitHubs Markdown, aus `content` oder aus dem Text des Elements. HTML wird als Text gezeigt.",
  "Tab goes through its links, and to tables and code, which the arrow keys scroll.":
    "Tab geht durch die Links und zu Tabellen und Code, die sich mit den Pfeiltasten rollen lassen.",
  "The Markdown.": "Das Markdown.",
  "Text as it is written, in a fixed-width font, from `content` or from the element's own text. JavaScript, TypeScript, JSON, XML, HTML and NXML are coloured.":
    "Text, wie er geschrieben ist, in gleich breiten Zeichen, aus `content` oder aus dem Text des Elements. JavaScript, TypeScript, JSON, XML, HTML und NXML sind gefärbt.",
  "Tab goes to the Copy button and to the text, which the arrow keys scroll.":
    "Tab geht zum Knopf Kopieren und zum Text, der sich mit den Pfeiltasten rollen lässt.",
  "The code.": "Der Code.",
  "Name of the language: `js`, `ts`, `json`, `xml` …; shown above it.":
    "Name der Sprache: `js`, `ts`, `json`, `xml` …; steht darüber.",
  "What stands above it instead of the language, such as a file name.":
    "Was statt der Sprache darüber steht, etwa ein Dateiname.",
  "Numbers beside the lines.": "Nummern neben den Zeilen.",
  "A button that puts the text on the clipboard.": "Ein Knopf, der den Text in die Zwischenablage legt.",
  "The most pixels it is high before it scrolls; absent: as high as the text.":
    "Wie viele Pixel hoch es höchstens ist, bevor es rollt; fehlt es, so hoch wie der Text.",
  "Lines in order of time, the newest last. Without `entries`: what this panel's handlers logged. The newest stay in sight unless one scrolls up.":
    "Zeilen nach der Zeit, die neueste zuletzt. Ohne `entries`: was die Handler dieses Panels protokolliert haben. Die neuesten bleiben in Sicht, außer man rollt hinauf.",
  "Arrow keys scroll the lines.": "Die Pfeiltasten rollen die Zeilen.",
  "Texts, or objects { message, level, at }; `at` in milliseconds or as ISO text.":
    "Texte, oder Objekte { message, level, at }; `at` in Millisekunden oder als ISO-Text.",
  "How many of the last lines are kept on screen.": "Wie viele der letzten Zeilen stehen bleiben.",
  "The least grave lines that are shown.": "Die leichtesten Zeilen, die noch gezeigt werden.",
  "Lets the viewer choose the level.": "Lässt die Stufe wählen.",
  "Height in pixels.": "Höhe in Pixeln.",
  "Heading above the lines.": "Überschrift über den Zeilen.",
  "Rows of objects in columns. A heading sorts; ten thousand rows scroll smoothly.":
    "Zeilen aus Objekten in Spalten. Eine Überschrift sortiert; zehntausend Zeilen rollen flüssig.",
  "Enter on a heading sorts, Shift with the arrow keys makes its column wider or narrower. With `onSelect` the arrow keys, Home and End walk the rows and Enter chooses one.":
    "Enter auf einer Überschrift sortiert, Umschalt mit den Pfeiltasten macht ihre Spalte breiter oder schmaler. Mit `onSelect` gehen Pfeiltasten, Pos1 und Ende durch die Zeilen, und Enter wählt eine.",
  "A list of objects.": "Eine Liste von Objekten.",
  "Column names parted by commas, or a list of names and objects { key, label, format, align, width, sort }; absent: the first row's names.":
    "Spaltennamen mit Kommas dazwischen, oder eine Liste von Namen und Objekten { key, label, format, align, width, sort }; fehlt sie, die Namen der ersten Zeile.",
  "Whether a press on a heading sorts by it.": "Ob ein Druck auf eine Überschrift danach sortiert.",
  "The column it is sorted by at first: `cost` rising, `-cost` falling.":
    "Die Spalte, nach der zuerst sortiert ist: `cost` steigend, `-cost` fallend.",
  "A field above that filters the rows by words.": "Ein Feld darüber, das die Zeilen nach Wörtern filtert.",
  "Rows on a page; 0: no pages, the rows scroll.": "Zeilen auf einer Seite; 0: keine Seiten, die Zeilen rollen.",
  "The most rows shown at first; a button shows more. Absent: all of them.":
    "Wie viele Zeilen zuerst höchstens zu sehen sind; ein Knopf zeigt mehr. Fehlt es, alle.",
  "The most pixels it is high before it scrolls.": "Wie viele Pixel hoch es höchstens ist, bevor es rollt.",
  "The id of the row that is marked; absent: the one chosen last.":
    "Die Kennung der markierten Zeile; fehlt sie, die zuletzt gewählte.",
  "Shown when there are no rows.": "Steht da, wenn es keine Zeilen gibt.",
  "Caption of the table.": "Überschrift der Tabelle.",
  "A row was chosen by click or Enter; `$event` is the row.":
    "Eine Zeile wurde mit Klick oder Enter gewählt; `$event` ist die Zeile.",
  "Draws a list of objects or numbers. A press on a name in the legend switches its series off and on.":
    "Zeichnet eine Liste von Objekten oder Zahlen. Ein Druck auf einen Namen der Legende schaltet seine Reihe aus und ein.",
  "Arrow keys walk along the values and say them, Home and End go to the ends, Escape leaves.":
    "Die Pfeiltasten gehen die Werte entlang und sagen sie, Pos1 und Ende gehen an die Enden, Escape geht hinaus.",
  "Objects with the fields named by `x` and `y`, or numbers.":
    "Objekte mit den Feldern, die `x` und `y` nennen, oder Zahlen.",
  "The kind of drawing.": "Die Art der Zeichnung.",
  "Field of the horizontal axis, of a pie's names; absent: the position in the list.":
    "Feld der waagrechten Achse, bei einem Kreis der Namen; fehlt es, die Stelle in der Liste.",
  "Field of the vertical axis, or several parted by commas, or a list of names; of a heatmap with `value`: the field that names a cell's row.":
    "Feld der senkrechten Achse, oder mehrere mit Kommas dazwischen, oder eine Liste von Namen; bei einer Heatmap mit `value`: das Feld, das die Zeile einer Zelle nennt.",
  "Of a heatmap whose objects are single cells: the field that shades a cell.":
    "Bei einer Heatmap, deren Objekte einzelne Zellen sind: das Feld, das eine Zelle färbt.",
  "Bars or areas of several series stand on each other.": "Balken oder Flächen mehrerer Reihen stehen aufeinander.",
  "A pattern of the `format` helper for its values, such as `0.0`, `0%` or `€0.00`.":
    "Ein Muster für `format` für die Werte, etwa `0.0`, `0%` oder `€0.00`.",
  "What is drawn; also its accessible name.": "Was gezeichnet ist; auch der Name für Vorleser.",
  "Draws nodes and the edges between them; their places are found by themselves.":
    "Zeichnet Knoten und die Kanten zwischen ihnen; die Plätze finden sich von selbst.",
  "Arrow keys walk the nodes, Enter chooses one, + − and 0 change how large it is shown.":
    "Die Pfeiltasten gehen durch die Knoten, Enter wählt einen, + − und 0 ändern, wie groß er zu sehen ist.",
  "Names, or objects { id, label, tone }; tone as of Text.":
    "Namen, oder Objekte { id, label, tone }; tone wie bei Text.",
  "Objects { from, to, label }, `from` and `to` being ids of nodes.":
    "Objekte { from, to, label }; `from` und `to` sind Kennungen von Knoten.",
  "Where edges lead.": "Wohin die Kanten führen.",
  "Height in pixels; absent: as high as the picture, up to 480.":
    "Höhe in Pixeln; fehlt sie, so hoch wie das Bild, bis 480.",
  "A node was chosen by click or Enter; `$event` is the node as given.":
    "Ein Knoten wurde mit Klick oder Enter gewählt; `$event` ist der Knoten, wie er gegeben war.",
  "One line of text.": "Eine Zeile Text.",
  "Enter fires `onSubmit`, and submits the Form it stands in.":
    "Enter löst `onSubmit` aus und schickt die Form ab, in der es steht.",
  "The words beside it; its accessible name.": "Die Wörter daneben; der Name für Vorleser.",
  "Shown while it is empty.": "Steht da, solange es leer ist.",
  "The text, where `bind` is not used.": "Der Text, wo `bind` nicht benutzt wird.",
  "What is typed.": "Was getippt wird.",
  "Takes no input when true.": "Nimmt keine Eingabe an, wenn es gilt.",
  "The form is not submitted while it is empty.": "Das Formular wird nicht abgeschickt, solange es leer ist.",
  "The viewer changed the value; `$event` is the new value, which `bind` has already taken.":
    "Der Wert wurde geändert; `$event` ist der neue Wert, den `bind` schon hat.",
  "Enter was pressed; `$event` is the text.": "Enter wurde gedrückt; `$event` ist der Text.",
  "Several lines of text.": "Mehrere Zeilen Text.",
  "Enter makes a new line; Tab leaves the field.": "Enter macht eine neue Zeile; Tab verlässt das Feld.",
  "Height in lines.": "Höhe in Zeilen.",
  "A number, typed or stepped.": "Eine Zahl, getippt oder in Schritten.",
  "The up and down arrows step the number.": "Die Pfeile hinauf und hinunter ändern die Zahl um einen Schritt.",
  "The number, where `bind` is not used.": "Die Zahl, wo `bind` nicht benutzt wird.",
  "The smallest allowed.": "Der kleinste erlaubte Wert.",
  "The largest allowed.": "Der größte erlaubte Wert.",
  "What one step adds.": "Was ein Schritt hinzufügt.",
  "One of several options, or with `multiple` any number of them.":
    "Eine von mehreren Möglichkeiten, oder mit `multiple` beliebig viele.",
  "The arrows choose; a letter jumps to the next option that begins with it; Space opens the list.":
    "Die Pfeile wählen; ein Buchstabe springt zur nächsten Möglichkeit, die mit ihm beginnt; die Leertaste öffnet die Liste.",
  "Values parted by commas, or a list of values or of { value, label }.":
    "Werte mit Kommas dazwischen, oder eine Liste von Werten oder von { value, label }.",
  "The chosen value, where `bind` is not used; with `multiple` a list.":
    "Der gewählte Wert, wo `bind` nicht benutzt wird; mit `multiple` eine Liste.",
  "Any number of the options, as boxes to tick; the value is a list.":
    "Beliebig viele der Möglichkeiten, als Kästchen zum Ankreuzen; der Wert ist eine Liste.",
  "Yes or no, as a box to tick.": "Ja oder nein, als Kästchen zum Ankreuzen.",
  "Space ticks it and takes the tick away.": "Die Leertaste setzt das Häkchen und nimmt es weg.",
  "The state, where `bind` is not used.": "Der Zustand, wo `bind` nicht benutzt wird.",
  "Yes or no, at once in force.": "Ja oder nein, und es gilt sofort.",
  "Space or Enter turns it on and off.": "Leertaste oder Enter schalten es ein und aus.",
  "A number chosen along a line, with the number beside it.":
    "Eine Zahl, auf einer Linie gewählt, mit der Zahl daneben.",
  "The arrows move it by one step, Page Up and Page Down by more, Home and End to its ends.":
    "Die Pfeile bewegen ihn um einen Schritt, Bild auf und ab um mehr, Pos1 und Ende an die Enden.",
  "The number at the beginning.": "Die Zahl am Anfang.",
  "The number at the end.": "Die Zahl am Ende.",
  "Written behind the number.": "Steht hinter der Zahl.",
  "A pattern of the `format` helper for the number, such as `0.0` or `0%`.":
    "Ein Muster für `format` für die Zahl, etwa `0.0` oder `0%`.",
  "A day, a time, or both, as text such as 2026-03-09, 14:30 or 2026-03-09T14:30, without a time zone.":
    "Ein Tag, eine Uhrzeit oder beides, als Text wie 2026-03-09, 14:30 oder 2026-03-09T14:30, ohne Zeitzone.",
  "The arrows change the part under the cursor; Space opens the calendar.":
    "Die Pfeile ändern den Teil unter der Schreibmarke; die Leertaste öffnet den Kalender.",
  "The day or time, where `bind` is not used.": "Der Tag oder die Uhrzeit, wo `bind` nicht benutzt wird.",
  "What is chosen.": "Was gewählt wird.",
  "The earliest allowed.": "Der früheste erlaubte Wert.",
  "The latest allowed.": "Der späteste erlaubte Wert.",
  "Takes files into the workspace: chosen, or dropped on it. The bytes stay with the workspace; what is bound is { id, name, type, size }, or null.":
    "Nimmt Dateien in den Arbeitsbereich: gewählt oder darauf abgelegt. Der Inhalt bleibt beim Arbeitsbereich; gebunden ist { id, name, type, size } oder null.",
  "Space or Enter on the button opens the list of files; Tab reaches each file's buttons.":
    "Leertaste oder Enter auf dem Knopf öffnen die Liste der Dateien; Tab erreicht die Knöpfe jeder Datei.",
  "The file, where `bind` is not used; with `multiple` a list.":
    "Die Datei, wo `bind` nicht benutzt wird; mit `multiple` eine Liste.",
  "Kinds that are taken, parted by commas, such as image/* or .pdf; absent: all.":
    "Arten, die angenommen werden, mit Kommas dazwischen, etwa image/* oder .pdf; fehlen sie, alle.",
  "The largest size in megabytes; the workspace's own limit holds besides.":
    "Die größte Größe in Megabyte; die Grenze des Arbeitsbereichs gilt außerdem.",
  "Any number of files; the value is a list.": "Beliebig viele Dateien; der Wert ist eine Liste.",
  "A file was kept or taken out; `$event` is the new value.":
    "Eine Datei wurde aufbewahrt oder herausgenommen; `$event` ist der neue Wert.",
  "Runs `onClick`; inside a Form without `onClick` it submits the form.":
    "Führt `onClick` aus; in einer Form ohne `onClick` schickt er das Formular ab.",
  "Space or Enter presses it.": "Leertaste oder Enter drücken ihn.",
  "Its weight.": "Sein Gewicht.",
  "A sign before the words.": "Ein Zeichen vor den Wörtern.",
  "Shows the sign alone; the words stay its name.": "Zeigt nur das Zeichen; die Wörter bleiben sein Name.",
  "The button was pressed.": "Der Knopf wurde gedrückt.",
  "Shows its children while `test` holds; an Else inside shows otherwise.":
    "Zeigt seinen Inhalt, solange `test` gilt; sonst ein Else darin.",
  "The condition.": "Die Bedingung.",
  "Repeats its children for every item of a list.": "Wiederholt seinen Inhalt für jeden Eintrag einer Liste.",
  "The list.": "Die Liste.",
  "The name of one item inside.": "Der Name eines Eintrags darin.",
  "What makes an item the same item when the list changes.":
    "Was einen Eintrag denselben bleiben lässt, wenn sich die Liste ändert.",
  "The name of the position inside, counted from 0.": "Der Name der Stelle darin, von 0 an gezählt.",
  "Where the children of an Embed, or of a package's component, come to stand; its own children show when there are none.":
    "Wo der Inhalt eines Embed oder einer Komponente aus einem Paket hinkommt; gibt es keinen, steht der eigene da.",
  "Shows another panel of the workspace, alive: its states are shared, its handlers are its own. Children fill its Slot.":
    "Zeigt ein anderes Panel des Arbeitsbereichs, lebendig: die Zustände sind gemeinsam, die Handler sind seine. Der Inhalt füllt seinen Slot.",
  "The other panel's id or title.": "Kennung oder Titel des anderen Panels.",
  "A name for `$view.focus` and `$view.scrollTo`.": "Ein Name für `$view.focus` und `$view.scrollTo`.",
  "One panel: Data, Logic and View.": "Ein Panel: Data, Logic und View.",
  "The panel's name on the canvas.": "Der Name des Panels auf der Fläche.",
  "The panel's version, such as 1.0.0.": "Die Version des Panels, etwa 1.0.0.",
  "What it is, for people and AI assistants.": "Was es ist, für Menschen und KI-Assistenten.",
  "What the panel knows.": "Was das Panel weiß.",
  "What the panel can do.": "Was das Panel kann.",
  "What the panel shows.": "Was das Panel zeigt.",
  "A value that is kept, shared and may change.": "Ein Wert, der bleibt, allen gemeinsam ist und sich ändern darf.",
  "Its name.": "Sein Name.",
  "The type of its values.": "Die Art seiner Werte.",
  "The first value, as JSON of the type; a string as it is. Absent: the type's empty value.":
    "Der erste Wert, als JSON der Art; ein Text, wie er ist. Fehlt er, der leere Wert der Art.",
  "`document`: shared and durable. `session`: each viewer's own, never kept.":
    "`document`: gemeinsam und dauerhaft. `session`: jeder hat seinen eigenen, und er wird nie aufbewahrt.",
  "`true`: never leaves the kernel, neither to browsers nor TriLog, Git or AI.":
    "`true`: verlässt nie den Kernel, weder zu Browsern noch zu TriLog, Git oder KI.",
  "A value worked out from others; lazy and cached.":
    "Ein Wert, der aus anderen berechnet wird; erst wenn er gebraucht wird, und gemerkt.",
  "The expression.": "Der Ausdruck.",
  "Another panel's State or Computed: read-only and live, as `$imports.<as>`.":
    "State oder Computed eines anderen Panels: nur zu lesen und lebendig, als `$imports.<as>`.",
  "The name of the State or Computed there.": "Der Name von State oder Computed dort.",
  "Its name here; absent: the same name.": "Der Name hier; fehlt er, derselbe.",
  "A right that handlers need; a person grants it.": "Ein Recht, das Handler brauchen; ein Mensch gewährt es.",
  "The class of calls.": "Die Klasse der Aufrufe.",
  "What within the class, with `*` for anything; absent: all of it.":
    "Was in der Klasse, mit `*` für alles; fehlt es, die ganze.",
  "Why, for the person who is asked.": "Warum, für den, der gefragt wird.",
  "JavaScript that runs in the sandbox; raw text until `</Handler>`.":
    "JavaScript, das in der Sandbox läuft; Text, wie er ist, bis `</Handler>`.",
  "A handler offered to AI assistants and other panels, with typed arguments.":
    "Ein Handler für KI-Assistenten und andere Panels, mit Argumenten bestimmter Art.",
  "The handler that does it.": "Der Handler, der es tut.",
  "What it does; assistants choose by it.": "Was es tut; Assistenten wählen danach.",
  "One argument of a Tool.": "Ein Argument eines Tool.",
  "`true`: it must be given.": "`true`: es muss gegeben sein.",
  "The value when it is not given.": "Der Wert, wenn es nicht gegeben ist.",
  "Runs a handler when something happens.": "Führt einen Handler aus, wenn etwas geschieht.",
  "When: the panel is opened or closed, a watched value changed, or time came.":
    "Wann: das Panel wird geöffnet oder geschlossen, ein Wert hat sich geändert, oder es ist so weit.",
  "The handler.": "Der Handler.",
  "The expression that `change` watches.": "Der Ausdruck, auf den `change` achtet.",
  "The interval of `schedule`: a number with ms, s, m, h or d.":
    "Der Abstand bei `schedule`: eine Zahl mit ms, s, m, h oder d.",
  "The times of `schedule`: five cron fields.": "Die Zeiten bei `schedule`: fünf Felder wie bei cron.",
  "What an If shows when its test does not hold.": "Was ein If zeigt, wenn seine Bedingung nicht gilt.",
}
