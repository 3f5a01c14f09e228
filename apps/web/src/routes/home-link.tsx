import { Link } from "@tanstack/react-router";
import { Wordmark } from "../ui/wordmark.tsx";

/** The name in the header, as the way home. */
export function HomeLink() {
  return (
    <Link to="/" style={{ textDecoration: "none" }}>
      <Wordmark />
    </Link>
  );
}
