using Jint;
using Jint.Runtime;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>
/// A Jint constraint that limits the formulas of one text. Counts interpreter steps and allocated bytes instead of
/// time, so that the result does not depend on the load of the machine.
/// </summary>
internal sealed class MathBudget : Constraint
{
    /// <summary>
    /// The maximum steps per text: about 600 formulas such as a fraction, or 120 of a line; less than 1 s.
    /// </summary>
    private const int MaxSteps = 1_000_000;

    private const int MaxStepsPerFormula = 300_000;
    private const long MaxBytesPerFormula = 64 * 1024 * 1024;
    private const int StepsPerByteCheck = 256;

    private int _stepsLeft = MaxSteps;
    private int _steps;
    private long _bytesBefore;

    /// <summary>Whether the limits apply; false while the engine loads Temml.</summary>
    public bool IsLimited { get; set; }

    /// <summary>Whether the text's budget is used up.</summary>
    public bool IsUsedUp => _stepsLeft <= 0;

    /// <summary>Restores the full budget for the next text.</summary>
    public void Refill() => _stepsLeft = MaxSteps;

    /// <summary>
    /// Charges the budget for a new engine after a formula was stopped: as much as the largest formula allowed.
    /// </summary>
    public void ChargeEngine() => _stepsLeft -= MaxStepsPerFormula;

    /// <inheritdoc/>
    public override void Reset() => (_steps, _bytesBefore) = (0, GC.GetAllocatedBytesForCurrentThread());

    /// <inheritdoc/>
    public override void Check()
    {
        if (!IsLimited)
        {
            return;
        }

        _stepsLeft--;
        _steps++;
        if (
            _stepsLeft < 0
            || _steps > MaxStepsPerFormula
            || (
                _steps % StepsPerByteCheck == 0
                && GC.GetAllocatedBytesForCurrentThread() - _bytesBefore > MaxBytesPerFormula
            )
        )
        {
            throw new StatementsCountOverflowException();
        }
    }
}
