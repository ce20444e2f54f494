// What every page gets: suggestions, and « Autour de moi ».
import { enhanceCombobox } from "./combobox.js";
import { enhanceHere } from "./here.js";
import { choosePlace, enhanceSearch } from "./search.js";

for (const form of document.querySelectorAll("form[data-search]")) {
  const { chooseWords } = enhanceSearch(form);
  for (const input of form.querySelectorAll("input[data-suggest]")) {
    const choose = input.name === "lieu" ? (option) => choosePlace(form, option.valeur, option.label) : chooseWords;
    enhanceCombobox(input, choose);
  }
  enhanceHere(form);
}
