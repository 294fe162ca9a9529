/** Explains the casino in three short texts. */
export function House() {
  return (
    <section className="lobby-house" aria-label="How the house works">
      <div>
        <h2>Sealed before you bet</h2>
        <p>
          Each spin, flight and deck is bound by a secret that the house draws first. Its fingerprint is on the table
          before the first chip is.
        </p>
      </div>
      <div>
        <h2>Your seed counts</h2>
        <p>
          Every player&rsquo;s client seed is mixed into the draw. Give your own words, or let your browser make a
          random one.
        </p>
      </div>
      <div>
        <h2>Checked afterwards</h2>
        <p>
          The secret is shown when the ball lies still or the flight has crashed; of a hand, the cards that you were
          shown. Your browser recomputes it, step by step, while you watch.
        </p>
      </div>
    </section>
  );
}
