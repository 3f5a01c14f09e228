import IconFile from "@tabler/icons-react/dist/esm/icons/IconFile.mjs";
import { useEffect, useState } from "react";
import styles from "./file-thumbnail.module.css";

/** Kinds that every browser shows. */
const shown = new Set(["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/bmp"]);

/** A picture small, for telling one from another before anything is sent; other files as a sign. */
export function FileThumbnail({ file }: { file: File }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!shown.has(file.type)) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return (
    <span className={styles.sheet} aria-hidden="true">
      {url === undefined ? (
        <IconFile size={20} stroke={1.4} />
      ) : (
        <img src={url} alt="" decoding="async" draggable={false} onError={() => setUrl(undefined)} />
      )}
    </span>
  );
}
