export const PICTURES: Readonly<Record<string, string>> = {
  "There is nothing on the canvas yet.": "Auf der Fläche ist noch nichts.",
  "Save {name} as a picture": "{name} als Bild speichern",
  "As it is on this screen now, with its fonts in it.":
    "So, wie es jetzt auf diesem Bildschirm ist, mit den Schriften darin.",
  "Drawing…": "Wird gezeichnet …",
  Format: "Format",
  "In a PDF the text can be searched and selected. SVG is sharp at any size.":
    "In einem PDF lässt sich der Text suchen und markieren. SVG ist in jeder Größe scharf.",
  Size: "Größe",
  "The panel is not on the screen. Go to it and try again.":
    "Das Panel ist nicht auf dem Bildschirm. Geh hin und versuch es noch einmal.",
}
