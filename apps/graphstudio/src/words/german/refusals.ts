/** What the kernel and the line to it refuse, recognised by its English (`recognise.ts`). */
export const REFUSALS: Readonly<Record<string, string>> = {
  // One sentence for each code of a failure, with the values that its details are.
  "{detail} Sign in and try again.": "{detail} Melde dich an und versuche es noch einmal.",
  "{detail} You are {role} here; ask an owner for the role {needed}.":
    "{detail} Du bist hier {role}; bitte einen Inhaber um die Rolle {needed}.",
  "not a member": "kein Mitglied",
  owner: "Inhaber",
  editor: "Bearbeiter",
  viewer: "Betrachter",
  'There is no {what} "{id}"; it may have been removed.':
    "Nicht gefunden: {what} „{id}“. Vielleicht wurde es entfernt.",
  "The {what} is over the limit of {limit}. Make it smaller.":
    "Zu groß: {what}; erlaubt sind {limit}. Mache es kleiner.",
  "The {what} is {actual}; the limit of {limit}. Make it smaller.":
    "Zu groß: {what} mit {actual}; erlaubt sind {limit}. Mache es kleiner.",
  "Too many requests; try again in {seconds} s.": "Zu viele Anfragen; versuche es in {seconds} s noch einmal.",
  "{operation} on {target} no longer fits: {detail}. Look at the current value and try again.":
    "{operation} bei {target} passt nicht mehr: {detail}. Sieh den jetzigen Wert an und versuche es noch einmal.",
  "The panel has {errors} error; first: {first}": "Das Panel hat {errors} Fehler: {first}",
  "The panel has {errors} errors; first: {first}": "Das Panel hat {errors} Fehler; der erste: {first}",
  'The panel has no handler "{handler}"; it has {known}.':
    "Einen Handler „{handler}“ hat das Panel nicht; es hat {known}.",
  'Handler "{handler}" failed at line {line}, column {column}: {message}':
    "Handler „{handler}“ schlug fehl, Zeile {line}, Spalte {column}: {message}",
  'Handler "{handler}" failed at line {line}: {message}': "Handler „{handler}“ schlug fehl, Zeile {line}: {message}",
  'Handler "{handler}" failed: {message}': "Handler „{handler}“ schlug fehl: {message}",
  'Handler "{handler}" was stopped after {place}; do less in one run.':
    "Handler „{handler}“ wurde angehalten nach {place}; tu in einem Lauf weniger.",
  "{ms} ms at line {line}, column {column}": "{ms} ms, Zeile {line}, Spalte {column}",
  "{ms} ms at line {line}": "{ms} ms, Zeile {line}",
  'Handler "{handler}" asked for more than {size} MB of memory at line {line}, column {column} and was stopped.':
    "Handler „{handler}“ wollte mehr als {size} MB Speicher, Zeile {line}, Spalte {column}, und wurde angehalten.",
  'Handler "{handler}" asked for more than {size} MB of memory at line {line} and was stopped.':
    "Handler „{handler}“ wollte mehr als {size} MB Speicher, Zeile {line}, und wurde angehalten.",
  'Handler "{handler}" asked for more than {size} MB of memory and was stopped.':
    "Handler „{handler}“ wollte mehr als {size} MB Speicher und wurde angehalten.",
  "{capability} was refused: {detail}": "{capability} wurde abgelehnt: {detail}",
  "The sandbox stopped ({detail}); nothing of the run was kept. Try again.":
    "Die Sandbox blieb stehen ({detail}); vom Lauf wurde nichts behalten. Versuche es noch einmal.",
  'Another kernel ({owner}) has workspace "{workspace}" now; reconnect.':
    "Ein anderer Kernel ({owner}) hat jetzt den Arbeitsbereich „{workspace}“; verbinde dich neu.",
  'Another kernel has workspace "{workspace}" now; reconnect.':
    "Ein anderer Kernel hat jetzt den Arbeitsbereich „{workspace}“; verbinde dich neu.",
  "This side speaks {actual}, the other {expected}; reload the page to get the current version.":
    "Diese Seite spricht {actual}, die andere {expected}; lade die Seite neu, um den jetzigen Stand zu bekommen.",
  "{what} is not available: {detail}": "{what} ist nicht erreichbar: {detail}",
  "The quota for {what} is used up ({used} of {limit}). It begins anew at {at}.":
    "Das Kontingent für {what} ist verbraucht ({used} von {limit}). Es beginnt neu am {at}.",
  "The quota for {what} is used up ({used} of {limit}).":
    "Das Kontingent für {what} ist verbraucht ({used} von {limit}).",
  "The quota for {what} is used up ({used} of {limit}) at line {line}.":
    "Das Kontingent für {what} ist verbraucht ({used} von {limit}), Zeile {line}.",
  // What there is not, what is too large, what is used up.
  panel: "Panel",
  entity: "Eintrag",
  relationship: "Beziehung",
  workspace: "Arbeitsbereich",
  user: "Person",
  member: "Mitglied",
  share: "Freigabe",
  "share link": "Link",
  "API key": "API-Schlüssel",
  session: "Sitzung",
  "open invitation": "offene Einladung",
  "open question": "offene Frage",
  "waiting run": "wartender Lauf",
  "record of a run": "Aufzeichnung eines Laufs",
  branch: "Zweig",
  tag: "Marke",
  remote: "entferntes Repository",
  commit: "Commit",
  repository: "Repository",
  patch: "Vorschlag",
  change: "Änderung",
  file: "Datei",
  package: "Paket",
  example: "Beispiel",
  path: "Pfad",
  conflict: "Konflikt",
  "connected account": "verbundenes Konto",
  "sign-in provider": "Anmeldedienst",
  request: "Anfrage",
  "request body": "Anfrage",
  question: "Frage",
  bundle: "Bündel",
  "bundle unpacked": "entpacktes Bündel",
  handler: "Handler",
  presence: "Anwesenheit",
  frame: "Nachricht",
  "panels of this workspace": "Panels dieses Arbeitsbereichs",
  "members of this workspace": "Mitglieder dieses Arbeitsbereichs",
  "runs of this workspace today": "Läufe dieses Arbeitsbereichs heute",
  "files of this workspace, in bytes": "Dateien dieses Arbeitsbereichs, in Byte",
  "the database of this workspace, in bytes": "die Datenbank dieses Arbeitsbereichs, in Byte",
  "HTTP requests that the handlers of this workspace make in a minute":
    "HTTP-Anfragen der Handler dieses Arbeitsbereichs in einer Minute",
  "host calls": "Aufrufe nach außen",
  effects: "Wirkungen",
  remotes: "entfernte Repositories",
  // Signing in and accounts.
  "Address and password do not match.": "Adresse und Passwort passen nicht zusammen.",
  "An API key does not open this. Sign in as a person.":
    "Ein API-Schlüssel öffnet das nicht. Melde dich als Person an.",
  "The access token is not valid.": "Der Zugangsschlüssel gilt nicht.",
  "The password has changed meanwhile.": "Das Passwort wurde inzwischen geändert.",
  "There is no account for you here. Ask an owner to make one.":
    "Hier gibt es kein Konto für dich. Bitte einen Inhaber darum.",
  "There is no authenticator to confirm. Set one up first.":
    "Es gibt keine Authenticator-App zu bestätigen. Richte zuerst eine ein.",
  "There is no sign-in to continue.": "Es gibt keine Anmeldung, die weitergehen könnte.",
  "This API key is for some workspaces. Use one for all of them.":
    "Dieser API-Schlüssel gilt für einige Arbeitsbereiche. Nimm einen für alle.",
  "This API key may not do this. Use one with the scope {needed}.":
    "Dieser API-Schlüssel darf das nicht. Nimm einen mit dem Recht {needed}.",
  "This API key is not valid: it was revoked, has expired, or never was one.":
    "Dieser API-Schlüssel gilt nicht: Er wurde widerrufen, ist abgelaufen, oder war nie einer.",
  "This account no longer exists.": "Dieses Konto gibt es nicht mehr.",
  "This needs an access token.": "Das braucht einen Zugangsschlüssel.",
  "This sign-in has ended.": "Diese Anmeldung ist beendet.",
  "Two-step sign-in is off.": "Die Anmeldung in zwei Schritten ist aus.",
  "Two-step sign-in is on already. Turn it off first to use another authenticator.":
    "Die Anmeldung in zwei Schritten ist schon an. Schalte sie aus, um eine andere App zu nehmen.",
  "this code is wrong or was used. Wait for the next one, and check the clock of the device that shows it.":
    "dieser Code ist falsch oder verbraucht. Warte auf den nächsten, und prüfe die Uhr des Geräts, das ihn zeigt.",
  "this is not your password. Type the one you have now.": "das ist nicht dein Passwort. Gib dein jetziges ein.",
  "this password is your name or address. Choose another.":
    "dieses Passwort ist dein Name oder deine Adresse. Wähle ein anderes.",
  "this password is one of the most common. Choose another.":
    "dieses Passwort ist eines der häufigsten. Wähle ein anderes.",
  "this password has been seen in a leak of another service. Choose another.":
    "dieses Passwort stand in einem Leck eines anderen Dienstes. Wähle ein anderes.",
  "There is an account for {email} already. Sign in instead.":
    "Für {email} gibt es schon ein Konto. Melde dich damit an.",
  "There is an account for {email} already. Sign in to it, then connect this one in the settings.":
    "Für {email} gibt es schon ein Konto. Melde dich dort an und verbinde dieses in den Einstellungen.",
  "This account is connected to another person here. Disconnect it there first.":
    "Dieses Konto ist hier mit einer anderen Person verbunden. Trenne es dort zuerst.",
  "This is your only way to sign in. Set a password first, then disconnect it.":
    "So meldest du dich als Einziges an. Setze zuerst ein Passwort, dann trenne es.",
  "Only people with a verified address of {domains} may sign in this way.":
    "So melden sich nur Personen mit einer bestätigten Adresse von {domains} an.",
  "This invitation is for {email}. Sign in with that address, or ask to be invited with yours.":
    "Diese Einladung ist für {email}. Melde dich mit dieser Adresse an, oder bitte um eine für deine.",
  "A workspace keeps at least one owner. Make somebody else an owner first.":
    "Ein Arbeitsbereich behält mindestens einen Inhaber. Mache zuerst jemand anderen dazu.",
  "You have {count} keys. Revoke one that is not used.":
    "Du hast {count} Schlüssel. Widerrufe einen, der nicht gebraucht wird.",
  "it does not answer. Try again in a minute, or sign in with a password.":
    "er antwortet nicht. Versuche es in einer Minute wieder, oder melde dich mit einem Passwort an.",
  "The sign-in provider": "Der Anmeldedienst",
  "This sign-in was not begun in this browser, or took too long.":
    "Diese Anmeldung begann nicht in diesem Browser, oder dauerte zu lange.",
  "It was cancelled at the provider.": "Sie wurde beim Anmeldedienst abgebrochen.",
  "The provider refused.": "Der Anmeldedienst lehnte ab.",
  "The provider's answer does not belong to this sign-in.":
    "Die Antwort des Anmeldedienstes gehört nicht zu dieser Anmeldung.",
  "This sign-in link was used before or is too old; start Nexus again to get a new one.":
    "Dieser Anmelde-Link ist verbraucht oder zu alt; starte Nexus neu, um einen neuen zu bekommen.",
  "Signing in is not open to pages of {origin}.": "Die Anmeldung steht Seiten von {origin} nicht offen.",
  "You are no longer a member of this workspace.": "Du bist nicht mehr Mitglied dieses Arbeitsbereichs.",
  "This needs the role {needed} in the workspace.": "Das braucht die Rolle {needed} im Arbeitsbereich.",
  "This is for the owner of this installation: sign in by the link that the kernel prints at its start.":
    "Das ist für den Inhaber dieser Installation: Melde dich mit dem Link an, den der Kernel beim Start ausgibt.",
  "This workspace is not open to you.": "Dieser Arbeitsbereich steht dir nicht offen.",
  "This role cannot change the workspace.": "Diese Rolle kann den Arbeitsbereich nicht ändern.",
  "You can look at this workspace, not change it.": "Du kannst diesen Arbeitsbereich ansehen, nicht ändern.",
  "Somebody else has signed in here. Reload the page.": "Jemand anderes hat sich hier angemeldet. Lade die Seite neu.",
  "It has changed since it was read. Read it again, and decide again.":
    "Es hat sich geändert, seit es gelesen wurde. Lies es noch einmal und entscheide neu.",
  // What somebody may not do in a workspace.
  "Only a person can grant a capability to a panel.": "Nur eine Person kann einem Panel eine Fähigkeit erlauben.",
  'You may not {verb} "{title}"; ask an owner of the workspace.':
    "Du darfst „{title}“ nicht {verb}; bitte einen Inhaber.",
  see: "sehen",
  use: "benutzen",
  '"{title}" has a right over a panel that is narrowed for you; only who may use that panel may change this one.':
    "„{title}“ hat ein Recht an einem Panel, das für dich eingeschränkt ist; ändern darf es nur, wer jenes benutzen darf.",
  '"{title}" would reach what you cannot see.': "„{title}“ würde erreichen, was du nicht sehen kannst.",
  "This shows the whole workspace, and a panel of it is hidden from you; ask one of its owners.":
    "Das zeigt den ganzen Arbeitsbereich, und ein Panel davon ist dir verborgen; bitte einen Inhaber.",
  "Comments are written by people.": "Kommentare schreiben Personen.",
  '"{kept}" of a comment stays as it is.': "„{kept}“ eines Kommentars bleibt, wie es ist.",
  "Only who wrote a comment changes its words. Answer it instead.":
    "Nur wer einen Kommentar schrieb, ändert seine Worte. Antworte stattdessen.",
  "A thread is resolved at its first comment.": "Erledigt wird ein Gespräch an seinem ersten Kommentar.",
  "A viewer resolves the threads they began.": "Ein Betrachter erledigt die Gespräche, die er begann.",
  "Only who wrote a comment, or an owner, deletes it.": "Einen Kommentar löscht, wer ihn schrieb, oder ein Inhaber.",
  "Others have answered; resolve the thread instead.": "Andere haben geantwortet; erledige stattdessen das Gespräch.",
  "an answer is given to the first comment of a thread": "geantwortet wird auf den ersten Kommentar eines Gesprächs",
  "only the first comment of a thread has this": "das hat nur der erste Kommentar eines Gesprächs",
  "a comment is about the workspace, a panel or another comment":
    "ein Kommentar gilt dem Arbeitsbereich, einem Panel oder einem Kommentar",
  "a comment has words": "ein Kommentar hat Worte",
  "The workspace itself is made and removed over /api/v1/workspaces.":
    "Der Arbeitsbereich selbst wird über /api/v1/workspaces angelegt und entfernt.",
  '{operation} touches what follows from the source of panel "{panel}"; change the source instead.':
    "{operation} berührt, was aus dem Quelltext von „{panel}“ folgt; ändere den Quelltext.",
  'the panel declares no state "{name}"; it has {known}':
    "einen Zustand „{name}“ erklärt das Panel nicht; es hat {known}",
  '"{name}" is secret and is not kept with the panel': "„{name}“ ist geheim und liegt nicht beim Panel",
  '"{name}" is each viewer\'s own and is not kept with the panel':
    "„{name}“ gehört jeder Person einzeln und liegt nicht beim Panel",
  "confidence is a number from 0 to 1": "die Sicherheit ist eine Zahl von 0 bis 1",
  "a {kind} lives in the workspace": "{kind} liegt im Arbeitsbereich",
  'The submission id "{id}" was used by somebody else.': "Die Nummer „{id}“ hat schon jemand anderes benutzt.",
  "<{name}> is part of NXML; give the package's component another name.":
    "<{name}> gehört zu NXML; gib der Komponente des Pakets einen anderen Namen.",
  'There is a component <{name}> already, from the package "{owner}".':
    "Eine Komponente <{name}> gibt es schon, aus dem Paket „{owner}“.",
  "<{name}> would stand inside itself: {circle}.": "<{name}> stünde in sich selbst: {circle}.",
  "a component lives in the package that brings it": "eine Komponente liegt in dem Paket, das sie bringt",
  'the entity of <{name}> is named "{other}"': "der Eintrag von <{name}> heißt „{other}“",
  'the panel declares no <Lifecycle on="{trigger}" run="{handler}"/>':
    'das Panel erklärt kein <Lifecycle on="{trigger}" run="{handler}"/>',
  "This kernel allows at most {most}, and {limit} was asked for.":
    "Dieser Kernel erlaubt höchstens {most}; verlangt war {limit}.",
  // Why an operation no longer fits.
  "it exists already": "es gibt es schon",
  "{name} has changed": "{name} hat sich geändert",
  "somebody saved another source meanwhile": "jemand hat inzwischen einen anderen Quelltext gespeichert",
  "somebody moved it meanwhile": "jemand hat es inzwischen verschoben",
  "the value has changed meanwhile": "der Wert hat sich inzwischen geändert",
  "there is no list there": "dort ist keine Liste",
  "the items to remove are not there": "die Einträge, die weg sollen, sind nicht da",
  "the items to remove have changed meanwhile": "die Einträge, die weg sollen, haben sich inzwischen geändert",
  "step {depth} finds nothing there": "Schritt {depth} findet dort nichts",
  // Runs and what handlers may do.
  "The panel does not declare it. Add {element} to its Logic.":
    "Das Panel erklärt sie nicht. Füge {element} in Logic ein.",
  'The panel declares it and nobody has granted it yet. Grant {capability} to "{title}".':
    "Das Panel erklärt sie, und niemand hat sie erlaubt. Erlaube {capability} für „{title}“.",
  "The run does not wait just now, it runs. Look again in a moment.":
    "Der Lauf wartet gerade nicht, er läuft. Sieh gleich noch einmal nach.",
  "The question takes one of {options}.": "Die Frage nimmt eines von {options}.",
  "{person} cancelled the waiting run.": "{person} hat den wartenden Lauf abgebrochen.",
  "{person} started the handler again.": "{person} hat den Handler neu gestartet.",
  "{person} discarded the run.": "{person} hat den Lauf verworfen.",
  '"{host}" leads to {address}, which is not a public address. Handlers reach public addresses only.':
    "„{host}“ führt zu {address}, und das ist keine öffentliche Adresse. Handler erreichen nur öffentliche.",
  '"{address}" is not a plain http or https address': "„{address}“ ist keine einfache http- oder https-Adresse",
  "no answer within {ms} ms": "keine Antwort in {ms} ms",
  "it could not be reached": "nicht zu erreichen",
  "These panels call each other in a circle: {chain}.": "Diese Panels rufen einander im Kreis auf: {chain}.",
  "Panels call each other {most} deep at most: {chain}.": "Panels rufen einander höchstens {most} tief auf: {chain}.",
  "no AI model is configured; set OPENAI_API_KEY and NEXUS_MODEL (and OPENAI_BASE_URL for another provider), then restart.":
    "es ist kein KI-Modell eingerichtet; setze OPENAI_API_KEY und NEXUS_MODEL (und OPENAI_BASE_URL für einen anderen Anbieter) und starte neu.",
  "the database refused it: {detail}": "die Datenbank lehnte ab: {detail}",
  "nobody can be asked here": "hier kann niemand gefragt werden",
  "it closed while the handler waited": "er wurde geschlossen, während der Handler wartete",
  "it closed while the handler waited; the run goes on when it is opened again":
    "er wurde geschlossen, während der Handler wartete; der Lauf geht weiter, wenn er wieder offen ist",
  "a person let the handler go on without it": "eine Person ließ den Handler ohne sie weitermachen",
  "The panel cannot be read. Open its source to mend it.":
    "Das Panel ist nicht lesbar. Öffne seinen Quelltext, um es zu berichtigen.",
  'The panel "{name}" cannot be read. Open its source to mend it.':
    "Das Panel „{name}“ ist nicht lesbar. Öffne seinen Quelltext, um es zu berichtigen.",
  'The panel "{name}" cannot be read.': "Das Panel „{name}“ ist nicht lesbar.",
  'There is no panel "{name}" here; it may have been removed or renamed.':
    "Ein Panel „{name}“ gibt es hier nicht; vielleicht wurde es entfernt oder umbenannt.",
  "A panel cannot stand inside itself: {way}.": "Ein Panel kann nicht in sich selbst stehen: {way}.",
  "{place} is not there any more.": "{place} ist nicht mehr da.",
  "Not saved: {what}. {reason}": "Nicht gespeichert: {what}. {reason}",
  "Waits for the connection": "Wartet auf die Verbindung",
  "save the panel to run it.": "speichere das Panel, um ihn auszuführen.",
  'Handler "{name}"': "Handler „{name}“",
  "Each takes a list of items.": "Each nimmt eine Liste von Einträgen.",
  // Versions.
  "Nothing has changed since the last commit.": "Seit dem letzten Commit hat sich nichts geändert.",
  "Somebody else has committed meanwhile. Try again.":
    "Jemand anderes hat inzwischen einen Commit gemacht. Versuche es noch einmal.",
  "There is a {kind} {name} already. Choose another name, or delete that one first.":
    "{kind} {name} gibt es schon. Wähle einen anderen Namen, oder lösche das zuerst.",
  "The branch main stays: everything began on it.": "Der Zweig main bleibt: Auf ihm begann alles.",
  "The workspace is on this branch. Switch to another one, then delete it.":
    "Der Arbeitsbereich ist auf diesem Zweig. Wechsle zu einem anderen, dann lösche ihn.",
  "The workspace changes too fast to be switched now. Try again in a moment.":
    "Der Arbeitsbereich ändert sich gerade zu schnell, um zu wechseln. Versuche es gleich noch einmal.",
  "The workspace changes too fast to be merged now. Try again in a moment.":
    "Der Arbeitsbereich ändert sich gerade zu schnell, um zusammenzuführen. Versuche es gleich noch einmal.",
  "Nothing was before the first commit, so it cannot be taken back. Remove its panels instead.":
    "Vor dem ersten Commit war nichts, darum lässt er sich nicht zurücknehmen. Entferne stattdessen seine Panels.",
  "The {kind} {name} has changed meanwhile. Try again.":
    "{kind} {name} hat sich inzwischen geändert. Versuche es noch einmal.",
  "A name that begins like this one exists already, and a branch cannot stand inside another. Choose another name.":
    "Ein Name, der so beginnt, ist schon da, und ein Zweig steht nicht in einem anderen. Wähle einen anderen Namen.",
  "this cannot be the name of a {kind}": "so kann nicht heißen: {kind}",
  "{name} has commits that are not here. Pull them first, then push again.":
    "{name} hat Commits, die hier fehlen. Hole sie zuerst, dann sende noch einmal.",
  "{name} did not take the branch: {why}": "{name} nahm den Zweig nicht an: {why}",
  "This kernel was started without ssh.": "Dieser Kernel wurde ohne ssh gestartet.",
  "its host does not know this kernel's key. Add the public key that stands with the other repositories to those it lets in, and try again.":
    "der Rechner kennt den Schlüssel dieses Kernels nicht. Trage den öffentlichen Schlüssel, der bei den Repositories steht, dort ein und versuche es noch einmal.",
  "it could not be read or written: {why}. Check the address, and that this kernel's key may reach it.":
    "es ließ sich nicht lesen oder schreiben: {why}. Prüfe die Adresse, und ob der Schlüssel dieses Kernels es erreicht.",
  "The repository {url}": "Das Repository {url}",
  "The host {name}": "Der Rechner {name}",
  "it shows no key that ssh could know it by. Check the address, and that an ssh server answers there.":
    "er zeigt keinen Schlüssel, an dem ssh ihn erkennt. Prüfe die Adresse, und ob dort ein ssh-Server antwortet.",
  "The host of this address is not known yet. Look at the fingerprint of its key, compare it with what its owner says, and accept it by sending it along.":
    "Der Rechner dieser Adresse ist noch nicht bekannt. Vergleiche den Fingerabdruck seines Schlüssels mit dem, was sein Betreiber sagt, und nimm ihn an.",
  "This repository leads to another place of this machine. Clone it whole, and use the clone.":
    "Dieses Repository führt an eine andere Stelle dieses Rechners. Klone es ganz und nimm den Klon.",
  "the address of a repository is ssh://user@host/path, user@host:path, or a path of this machine":
    "die Adresse eines Repositorys ist ssh://user@host/path, user@host:path oder ein Pfad dieses Rechners",
  "This kernel may not reach that repository. Whoever runs it opens addresses by the setting NEXUS_GIT_REMOTES, a list of their beginnings.":
    "Dieser Kernel darf das Repository nicht erreichen. Wer ihn betreibt, öffnet Adressen mit der Einstellung NEXUS_GIT_REMOTES, einer Liste ihrer Anfänge.",
  "the commit cannot be read: {why}": "der Commit ist nicht lesbar: {why}",
  "The id {id} belongs to a {kind} now.": "Die Kennung {id} gehört jetzt zu: {kind}.",
  "Git is not installed on this machine. Install it (apt install git, brew install git, or git-scm.com) and try again; everything else keeps working.":
    "Git ist auf diesem Rechner nicht installiert. Installiere es (apt install git, brew install git, oder git-scm.com) und versuche es noch einmal; alles andere geht weiter.",
  "Version history": "Der Versionsverlauf",
  // Patches of the assistant.
  "This patch is {status} already.": "Dieser Vorschlag ist schon entschieden ({status}).",
  accepted: "angenommen",
  rejected: "abgelehnt",
  reverted: "zurückgenommen",
  "Only an accepted patch can be taken back.": "Zurücknehmen lässt sich nur ein angenommener Vorschlag.",
  "a patch grants no capability; declare it in the panel and let a person grant it":
    "ein Vorschlag erlaubt keine Fähigkeit; erkläre sie im Panel und lass sie eine Person erlauben",
  "the workspace is at {now}; a patch cannot be made against a later change":
    "der Arbeitsbereich steht bei {now}; ein Vorschlag gilt nicht für eine spätere Änderung",
  "the patch has {count} operations; there is none at {index}":
    "der Vorschlag hat {count} Schritte; an {index} steht keiner",
  "edited since, and changed by it as well: {what}. Edit it by hand":
    "seitdem bearbeitet, und auch davon geändert: {what}. Bearbeite es von Hand",
  "what was chosen does not fit at {place}: {why}": "die Wahl passt nicht bei {place}: {why}",
  "The {name} is not valid.": "{name} gilt nicht.",
  "The {name} has expired.": "{name} ist abgelaufen.",
  "access token": "Der Zugangsschlüssel",
  "change {number} has touched the same place since": "Änderung {number} hat seitdem dieselbe Stelle berührt",
  "The model proposed a change that does not fit, and its correction neither: {first} Ask again in other words.":
    "Das Modell schlug eine Änderung vor, die nicht passt, und seine Berichtigung auch nicht: {first} Frage mit anderen Worten.",
  "Nexus is stopping. Ask again when it is back.": "Nexus hält an. Frage noch einmal, wenn es wieder da ist.",
  "Something broke while answering. Ask again.": "Beim Antworten ging etwas kaputt. Frage noch einmal.",
  "The assistant answers only to people who are signed in.": "Der Assistent antwortet nur Angemeldeten.",
  "The assistant": "Der Assistent",
  'The model "{name}"': "Das Modell „{name}“",
  "{host} did not answer in time. Try again.": "{host} antwortete nicht rechtzeitig. Versuche es noch einmal.",
  "{host} refused the API key ({status}). Check OPENAI_API_KEY.":
    "{host} lehnte den API-Schlüssel ab ({status}). Prüfe OPENAI_API_KEY.",
  "{host} does not know it (404). Check NEXUS_MODEL and OPENAI_BASE_URL.":
    "{host} kennt es nicht (404). Prüfe NEXUS_MODEL und OPENAI_BASE_URL.",
  "The conversation is too long for it. Start a new one.": "Das Gespräch ist zu lang dafür. Beginne ein neues.",
  "{host} answered with status {status}. Try again.": "{host} antwortete mit Status {status}. Versuche es noch einmal.",
  "The answer from {host} broke off. Try again.": "Die Antwort von {host} brach ab. Versuche es noch einmal.",
  // Files and bundles.
  "The upload was cut off.": "Das Hochladen brach ab.",
  "{name} is not what its bundle says.": "{name} ist nicht, was sein Bündel sagt.",
  "it says it is {type}, but its content is not.": "es gibt sich als {type} aus, aber der Inhalt ist etwas anderes.",
  "files of the type {type} are not taken here; taken are {list}.":
    "Dateien der Art {type} werden hier nicht angenommen; angenommen werden {list}.",
  "This is no bundle of a workspace: {why}.": "Das ist kein Bündel eines Arbeitsbereichs: {why}.",
  "it cannot be read": "es ist nicht lesbar",
  "{path} is missing": "{path} fehlt",
  "{path} was changed": "{path} wurde verändert",
  "{path} is not in its list": "{path} steht nicht in seiner Liste",
  "{path} is not what its list says": "{path} ist nicht, was seine Liste sagt",
  "{path} is not JSON": "{path} ist kein JSON",
  // The line to the kernel.
  "The kernel": "Der Kernel",
  "The workspace": "Der Arbeitsbereich",
  "The journal": "Das Journal",
  "The record": "Die Aufzeichnung",
  Saving: "Speichern",
  "Sign-in": "Die Anmeldung",
  "The run": "Der Lauf",
  "The answer": "Die Antwort",
  "The sandbox": "Die Sandbox",
  "something went wrong on our side; it is in the kernel's log.":
    "etwas ging auf unserer Seite schief; es steht im Protokoll des Kernels.",
  "it failed to answer this; the reason is in its log":
    "er konnte das nicht beantworten; der Grund steht in seinem Protokoll",
  "it is closing": "er wird geschlossen",
  "it is stopping": "er hält an",
  "it was closed here.": "er wurde hier geschlossen.",
  "the kernel could not do it": "der Kernel konnte es nicht",
  "the kernel does not answer": "der Kernel antwortet nicht",
  "the kernel cannot be reached": "der Kernel ist nicht zu erreichen",
  "the connection closed ({code})": "die Verbindung wurde geschlossen ({code})",
  "it answered {status}. Try again in a moment.": "er antwortete {status}. Versuche es gleich noch einmal.",
  "it does not answer. Check that it runs, then try again.":
    "er antwortet nicht. Prüfe, ob er läuft, und versuche es noch einmal.",
  "it does not answer at {url}. Check that it runs, then try again.":
    "er antwortet nicht unter {url}. Prüfe, ob er läuft, und versuche es noch einmal.",
  "its answer to {name} has a shape that is not known here. Reload or update, then try again.":
    "seine Antwort auf {name} hat eine unbekannte Form. Lade neu oder aktualisiere, dann versuche es noch einmal.",
  "there is no connection. What you write is kept here and saved when it is back.":
    "es gibt keine Verbindung. Was du schreibst, bleibt hier und wird gespeichert, wenn sie wieder da ist.",
  "the connection broke. What you wrote is kept here and saved when it is back.":
    "die Verbindung brach ab. Was du geschrieben hast, bleibt hier und wird gespeichert, wenn sie wieder da ist.",
  "Writing to this workspace": "Das Schreiben in diesen Arbeitsbereich",
  "{detail} It is read-only until the journal can be written; this is tried again by itself.":
    "{detail} Er ist nur lesbar, bis das Journal wieder beschrieben werden kann; das wird von selbst versucht.",
  "its journal is being read again": "sein Journal wird neu gelesen",
  "{detail}. Nothing was acknowledged.": "{detail}. Nichts wurde bestätigt.",
}
