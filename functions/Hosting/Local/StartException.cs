using System.Diagnostics.CodeAnalysis;

namespace ServerlessBlog.Hosting.Local;

/// <summary>A start that failed for a reason a person can mend.</summary>
/// <param name="sentence">What to do, in one sentence: it is shown alone, without a stack trace.</param>
[SuppressMessage(
    "Naming",
    "CA1710:Identifiers should have correct suffix",
    Justification = "It is caught once and shown as a sentence; 'throw new StartFailure' says all."
)]
public sealed class StartException(string sentence) : Exception(sentence);
