// The document's information as XMP (ISO 16684-1), in the properties that PDF/A foresees, so that no extension is needed.
import { escapeXml } from "./xml-text.ts";

export type DocumentFacts = {
  title?: string;
  author?: string;
  subject?: string;
  keywords?: string;
  /** Program that the original was written with. */
  creator?: string;
  producer: string;
  created: Date;
  modified: Date;
};

/** The packet. `pdfa` claims PDF/A-2b. */
export function xmpPacket(facts: DocumentFacts, pdfa: boolean): string {
  const plain = (name: string, text: string | undefined) =>
    text === undefined ? "" : `<${name}>${escapeXml(text)}</${name}>\n`;
  const list = (name: string, kind: string, text: string | undefined, language = "") =>
    text === undefined
      ? ""
      : `<${name}><rdf:${kind}><rdf:li${language}>${escapeXml(text)}</rdf:li></rdf:${kind}></${name}>\n`;
  const defaultLanguage = ' xml:lang="x-default"';
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
${plain("dc:format", "application/pdf")}${list("dc:title", "Alt", facts.title, defaultLanguage)}${list("dc:creator", "Seq", facts.author)}${list("dc:description", "Alt", facts.subject, defaultLanguage)}${plain("pdf:Keywords", facts.keywords)}${plain("xmp:CreatorTool", facts.creator)}${plain("pdf:Producer", facts.producer)}${plain("xmp:CreateDate", xmpDate(facts.created))}${plain("xmp:ModifyDate", xmpDate(facts.modified))}${pdfa ? "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n" : ""}</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>`;
}

/** To the second, as PDF's own dates are. */
function xmpDate(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
