using System.Diagnostics;

namespace CustomerService.Testing;

/// <summary>Waits for what comes in its own time, by asking again and again.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Repeats the assertions until they hold. After the timeout (a minute unless said) the last failure is
    /// thrown as it is, so the
    /// message says what did not hold.
    /// </summary>
    public static async Task Holds(Func<Task> assertions, TimeSpan? timeout = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await assertions();
                return;
            }
            catch (Exception) when (Stopwatch.GetElapsedTime(began) < (timeout ?? Patience))
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Repeats the question until the answer is true.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="timeout">A minute unless said.</param>
    public static Task IsTrue(Func<Task<bool>> question, string what, TimeSpan? timeout = null) =>
        Holds(
            async () =>
            {
                if (!await question())
                {
                    throw new TimeoutException($"Did not come about in time: {what}.");
                }
            },
            timeout
        );

    /// <summary>Repeats the question until there is an answer, and returns it.</summary>
    public static async Task<T> Gives<T>(Func<Task<T?>> question, string what, TimeSpan? timeout = null)
        where T : class
    {
        T? answer = null;
        await IsTrue(async () => (answer = await question()) is not null, what, timeout);
        return answer!;
    }
}
