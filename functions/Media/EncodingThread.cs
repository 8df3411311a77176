using System.Runtime.InteropServices;

namespace ServerlessBlog.Media;

/// <summary>
/// Runs the work on pictures of this process: one picture at a time, on a thread of its own, with a lower priority than
/// the threads that serve requests. So pages that need no such work are answered meanwhile, on a fraction of one
/// processor too.
/// </summary>
/// <remarks>
/// Not on a thread of the pool: with one processor, the pool has one thread, and adds another only after 500 ms.
/// </remarks>
public sealed partial class EncodingThread : IDisposable
{
    /// <summary>The name of the thread; Linux shows at most 15 characters.</summary>
    public const string Name = "Encode picture";

    /// <summary>
    /// The nice value of the thread: beside threads of 0 that have work, it gets about a tenth of a processor (Linux
    /// weighs 0 with 1024 and 10 with 110, sched(7)).
    /// </summary>
    public const int NiceValue = 10;

    private const int PrioProcess = 0;
    private const int CallingThread = 0;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>
    /// Waits without a thread until no other picture is in work. What needs much memory belongs after it: a large photo
    /// takes 160 MB.
    /// </summary>
    /// <returns>Dispose it to let the next one begin.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled; there is nothing to dispose.</exception>
    public async Task<Turn> WaitForTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(_turn);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private static void Start<T>(Func<T> work, TaskCompletionSource<T> completion) =>
        new Thread(() =>
        {
            LowerPriority();
            try
            {
                completion.SetResult(work());
            }
#pragma warning disable CA1031 // Any exception is passed on to the caller that awaits the work.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                completion.SetException(exception);
            }
        })
        {
            Name = Name,
            IsBackground = true,
        }.Start();

    /// <summary>
    /// Lowers the priority of the calling thread. On Linux, where <see cref="Thread.Priority"/> has no effect, by its
    /// nice value, which any user may raise; other Unix systems keep one for the whole process, so it is left alone
    /// there.
    /// </summary>
    private static void LowerPriority()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(PrioProcess, CallingThread, NiceValue); // a failure only leaves the priority as it was
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, int who, int priority);

    /// <summary>The right to work on a picture, until it is disposed.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly SemaphoreSlim _turn;

        internal Turn(SemaphoreSlim turn) => _turn = turn;

        /// <summary>Runs work that needs the processor; its exception is thrown to the caller.</summary>
#pragma warning disable CA1822 // Only who has a turn may run work.
        public Task<T> RunAsync<T>(Func<T> work)
#pragma warning restore CA1822
        {
            var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            Start(work, completion);
            return completion.Task;
        }

        /// <inheritdoc/>
        public void Dispose() => _turn.Release();
    }
}
