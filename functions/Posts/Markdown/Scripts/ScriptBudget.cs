using System.Diagnostics;
using Jint;
using Jint.Runtime;

namespace ServerlessBlog.Posts.Markdown.Scripts;

/// <summary>
/// A Jint constraint that limits what a script library does for one text. Counts interpreter steps and allocated bytes,
/// so that the result does not depend on the load of the machine.
/// </summary>
/// <remarks>
/// Regular expressions take time without steps. The time limits are for hostile input only: they are about ten times
/// what the steps take.
/// </remarks>
internal sealed class ScriptBudget(int maxStepsPerCall) : Constraint
{
    private const long MaxBytesPerCall = 128 * 1024 * 1024;
    private const int StepsPerCheck = 256;

    /// <summary>The time limit per step of a text's budget, in ticks of 100 ns: 2.5 µs.</summary>
    private const long TicksPerStep = 25;

    private static readonly TimeSpan RegexTimeout = TimeSpan.FromMilliseconds(500);

    private int _stepsLeft;
    private TimeSpan _timeLeft;
    private int _steps;
    private long _bytesBefore;
    private long _checkedAt;
    private bool _isLoading;

    /// <summary>Whether the text's budget is used up.</summary>
    public bool IsUsedUp => _stepsLeft <= 0 || _timeLeft <= TimeSpan.Zero;

    /// <summary>Sets the budget for the next text.</summary>
    public void Refill(int steps) => (_stepsLeft, _timeLeft) = (steps, TimeSpan.FromTicks(steps * TicksPerStep));

    /// <summary>
    /// Charges the budget for a new interpreter after a call was stopped: as much as the largest call allowed.
    /// </summary>
    public void ChargeRestart() => _stepsLeft -= maxStepsPerCall;

    /// <summary>Creates an interpreter that has no access to the host and is held to this budget.</summary>
    /// <param name="maxDepth">
    /// The maximum depth of calls. A script that recurses with its input must be stopped before the stack overflows.
    /// </param>
    public Engine NewEngine(int maxDepth) =>
        new(options =>
        {
            options.Constraint(this);
            options.LimitRecursion(maxDepth);
            options.DisableStringCompilation();
            options.RegexTimeoutInterval(RegexTimeout);
        });

    /// <summary>Loads a script of the program's own, which is not charged.</summary>
    public void Load(Action load)
    {
        _isLoading = true;
        try
        {
            load();
        }
        finally
        {
            _isLoading = false;
        }
    }

    /// <inheritdoc/>
    public override void Reset() =>
        (_steps, _bytesBefore, _checkedAt) = (0, GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

    /// <inheritdoc/>
    public override void Check()
    {
        if (_isLoading)
        {
            return;
        }

        _stepsLeft--;
        _steps++;
        if (_stepsLeft < 0 || _steps > maxStepsPerCall || (_steps % StepsPerCheck == 0 && IsOverTimeOrBytes()))
        {
            throw new StatementsCountOverflowException();
        }
    }

    private bool IsOverTimeOrBytes()
    {
        var now = Stopwatch.GetTimestamp();
        _timeLeft -= Stopwatch.GetElapsedTime(_checkedAt, now);
        _checkedAt = now;
        return _timeLeft <= TimeSpan.Zero || GC.GetAllocatedBytesForCurrentThread() - _bytesBefore > MaxBytesPerCall;
    }
}
