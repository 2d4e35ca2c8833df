// The open questions, each answered where it stands: buttons for choices, a field for everything else.

import { useRef, useState } from "preact/hooks";
import { type Answer, useShared } from "./context";
import { Chip, Place, Section, TierMark } from "./parts";
import type { MissingAnswer, OpenQuestion, Question } from "./report";
import { sentence } from "./words";

/** As many questions are shown before somebody asks for all of them. */
const SHOWN = 4;

/** A question as it is drawn: some hosts know more about it than the report says. */
type Asked = Question & Partial<Pick<OpenQuestion, "description" | "prospects" | "assumed">>;

/** The questions that can change the decision, and those that something has to wait for. */
export function Questions({ known }: { known: OpenQuestion[] | null }) {
  const { report } = useShared();
  const more = new Map(known?.map((question) => [question.path, question]));
  const deciding: Asked[] = report.questions.map((question) => ({ ...more.get(question.path), ...question }));
  const paths = new Set(deciding.map((question) => question.path));
  const waiting = report.ready.missing.filter((answer) => !paths.has(answer.path));
  return (
    <>
      {deciding.length > 0 && (
        <Group id="questions" title="Questions that can still change it" count={deciding.length}>
          {deciding.map((question) => <Ask key={question.path} question={question} />)}
        </Group>
      )}
      {waiting.length > 0 && (
        <Group id="minimum" title="Needed before anything starts" count={waiting.length}>
          {waiting.map((answer) => {
            const question = more.get(answer.path);
            return question
              ? <Ask key={answer.path} question={question} place={answer} />
              : <Unanswered key={answer.path} answer={answer} />;
          })}
        </Group>
      )}
    </>
  );
}

function Group(props: { id: string; title: string; count: number; children: preact.JSX.Element[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? props.children : props.children.slice(0, SHOWN);
  return (
    <Section id={props.id} title={props.title} count={props.count}>
      <ul class="rv-questions">{shown}</ul>
      {props.children.length > SHOWN && (
        <button type="button" class="rv-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${props.count}`}
        </button>
      )}
    </Section>
  );
}

function Unanswered({ answer }: { answer: MissingAnswer }) {
  return (
    <li class="rv-question" data-question={answer.path}>
      <p class="rv-ask">{answer.question}</p>
      {answer.location && <Wrong place={answer.location} />}
    </li>
  );
}

function Wrong({ place }: { place: NonNullable<MissingAnswer["location"]> }) {
  return (
    <p class="rv-note">
      What stands there does not count: <Place place={place} />
    </p>
  );
}

function Ask({ question, place }: { question: Asked; place?: MissingAnswer }) {
  const { handlers } = useShared();
  const [refused, setRefused] = useState<string | null>(null);
  // Not a generated id: the page that this is drawn into may generate the same.
  const label = `rv-ask-${question.path.replaceAll(/[^\w-]/g, "-")}`;
  const give = async (value: Answer) => {
    const why = await handlers.answer?.(question.path, value);
    setRefused(typeof why === "string" ? why : null);
  };
  return (
    <li class="rv-question" data-question={question.path}>
      <p class="rv-ask" id={label} title={question.description ?? question.title}>
        {question.question}
        {question.required && !place && <Chip tone="open">required</Chip>}
      </p>
      {place?.location && <Wrong place={place.location} />}
      {handlers.answer && <Answers question={question} label={label} give={give} />}
      {refused && <p class="rv-refused" role="alert">{sentence(refused)}</p>}
    </li>
  );
}

function Answers(props: { question: Asked; label: string; give(value: Answer): void }) {
  const { question, label, give } = props;
  switch (question.kind) {
    case "yes-no":
      return (
        <div class="rv-answers" role="group" aria-labelledby={label}>
          <Choose title="Yes" question={question} answer="yes" give={() => give(true)} />
          <Choose title="No" question={question} answer="no" give={() => give(false)} />
        </div>
      );
    case "choice":
      return (
        <div class="rv-answers" role="group" aria-labelledby={label}>
          {question.choices.map((choice) => (
            <Choose key={choice.value} title={choice.title} question={question} answer={choice.title} give={() => give(choice.value)} />
          ))}
        </div>
      );
    case "list":
      return <p class="rv-note">Several answers: write them into the intake.</p>;
    default:
      return <Field kind={question.kind} label={label} give={give} />;
  }
}

function Choose(props: { title: string; answer: string; question: Asked; give(): void }) {
  const { tier } = useShared().report;
  const leads = props.question.prospects?.find((one) => one.answer.toLowerCase() === props.answer.toLowerCase());
  // Where an answer leaves the range as it is, a mark would only be noise.
  const tells = leads && (leads.floor !== tier.floor || leads.ceiling !== tier.ceiling);
  return (
    // The second click of a double-click would answer the question that has taken this one's place.
    <button type="button" class="rv-answer" onClick={(event) => event.detail < 2 && props.give()}>
      {sentence(props.title)}
      {tells && <TierMark floor={leads.floor} ceiling={leads.ceiling} />}
    </button>
  );
}

function Field(props: { kind: "number" | "text" | "date"; label: string; give(value: Answer): void }) {
  const input = useRef<HTMLInputElement>(null);
  const submit = (event: Event) => {
    event.preventDefault();
    const typed = input.current?.value.trim() ?? "";
    if (typed === "") return;
    const number = Number(typed);
    props.give(props.kind === "number" && Number.isSafeInteger(number) ? number : typed);
  };
  const field = { ref: input, class: "rv-input", "aria-labelledby": props.label, autocomplete: "off" };
  return (
    <form class="rv-answers" onSubmit={submit}>
      {props.kind === "date"
        ? <input {...field} type="date" />
        : <input {...field} type="text" inputMode={props.kind === "number" ? "numeric" : "text"} />}
      <button type="submit" class="rv-answer">Answer</button>
    </form>
  );
}
