// Takes the secret of a link from behind the # into the form, and out of the address. Without scripts it is pasted.
const field = document.getElementById("link");
if (field && location.hash.length > 1) {
  field.value = location.hash.slice(1);
  document.getElementById("plakken").hidden = true;
  history.replaceState(null, "", location.pathname);
}
