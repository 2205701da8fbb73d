// Shows a picture that was left out to save the reader's data, in the place of its button.
export function showPictures(root) {
  for (const link of root.querySelectorAll("[data-show-picture]")) {
    link.addEventListener("click", (event) => {
      const figure = link.closest("figure");
      event.preventDefault();
      figure.prepend(figure.querySelector("template").content);
      for (const words of figure.querySelectorAll(".picture__words")) words.remove();
      link.parentElement.remove();
      figure.querySelector("a").focus();
    });
  }
}
