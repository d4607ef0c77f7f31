// The charts of the monthly pack, as the library draws them for its page.
import { useEffect, useState } from 'preact/hooks';
import type { AnswerShown } from '../desk';
import { made } from './SaveView';

interface Picture {
  title: string;
  words: string;
  source: string;
}

/** A drawing that stands by itself needs its namespace, and letters like the page's. */
function picture(drawing: SVGElement): Picture {
  drawing.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  drawing.setAttribute('font-family', 'Arial, sans-serif');
  const text = new XMLSerializer().serializeToString(drawing);
  const told = (name: string) => drawing.querySelector(name)?.textContent ?? '';
  return { title: told('title'), words: told('desc'), source: `data:image/svg+xml,${encodeURIComponent(text)}` };
}

export function PackCharts({ shown }: { shown: AnswerShown }) {
  const [pictures, setPictures] = useState<Picture[]>([]);
  useEffect(() => {
    let stale = false;
    void made(shown.command, shown.files, shown.options, 'output', 'pack.html')
      .then((bytes) => {
        // Its styles are not for this page, whose policy would refuse them aloud.
        const text = new TextDecoder().decode(bytes as Uint8Array).replace(/<style[^>]*>[^]*?<\/style>/g, '');
        const page = new DOMParser().parseFromString(text, 'text/html');
        if (!stale) setPictures([...page.querySelectorAll<SVGElement>('figure svg')].map(picture));
      })
      .catch(() => setPictures([])); // a pack that cannot be made says why in its answer
    return () => void (stale = true);
  }, [shown.answer]);
  return (
    <>
      {pictures.map(({ title, words, source }) => (
        <figure key={source} class="pack-chart">
          <figcaption>{title}</figcaption>
          <img src={source} alt={words} />
        </figure>
      ))}
    </>
  );
}
