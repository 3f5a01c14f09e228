import { Link } from "@tanstack/react-router";
import { Wordmark } from "../ui/wordmark.tsx";
import styles from "./home-link.module.css";

/** The name in the header, as the way home. */
export function HomeLink() {
  return (
    <Link to="/" className={styles.link ?? ""}>
      <Wordmark />
    </Link>
  );
}
