export const INSTALL: Readonly<Record<string, string>> = {
  "Install Nexus": "Nexus installieren",
  "This browser offers no button for it here": "Dieser Browser bietet dafür hier keinen Knopf an",
  "Look in its own menu for “Install” or “Add to Home Screen”. It needs an address with HTTPS.":
    "Such in seinem eigenen Menü nach „Installieren“ oder „Zum Home-Bildschirm“. Die Adresse braucht HTTPS.",
}
