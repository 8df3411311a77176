using Jint;
using Jint.Runtime;

namespace ServerlessBlog.Posts.Markdown.Math;

/// <summary>What the formulas of one text may use: counted in steps and bytes, so that it does not depend on how busy the machine is.</summary>
internal sealed class MathBudget : Constraint
{
    /// <summary>Some 600 formulas like a fraction, or 120 of a line; less than a second.</summary>
    private const int MaxSteps = 1_000_000;

    private const int MaxStepsOfOne = 300_000;
    private const long MaxBytesOfOne = 64 * 1024 * 1024;
    private const int BytesEvery = 256;

    private int _left = MaxSteps;
    private int _steps;
    private long _bytesBefore;

    /// <summary>Whether it counts at all.</summary>
    public bool IsLimited { get; set; }

    /// <summary>Whether the text has used it up.</summary>
    public bool IsUsedUp => _left <= 0;

    /// <summary>The next text begins.</summary>
    public void Refill() => _left = MaxSteps;

    /// <summary>A formula was stopped: a new engine costs as much as the largest formula.</summary>
    public void ChargeEngine() => _left -= MaxStepsOfOne;

    /// <inheritdoc/>
    public override void Reset() => (_steps, _bytesBefore) = (0, GC.GetAllocatedBytesForCurrentThread());

    /// <inheritdoc/>
    public override void Check()
    {
        if (!IsLimited)
        {
            return;
        }

        _left--;
        _steps++;
        if (
            _left < 0
            || _steps > MaxStepsOfOne
            || (_steps % BytesEvery == 0 && GC.GetAllocatedBytesForCurrentThread() - _bytesBefore > MaxBytesOfOne)
        )
        {
            throw new StatementsCountOverflowException();
        }
    }
}
