using CustomerService.Attachments;
using CustomerService.Records.Keeping;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.Http;

namespace CustomerService.Records;

/// <summary>Takes files into records, at whatever address they are handed in: limits and words are the same (S2).</summary>
public sealed class NewFiles
{
    private const string Rule = "S2";

    private readonly IRecordStore _store;
    private readonly IKeepingStore _keeping;
    private readonly FileIntake _intake;
    private readonly FileEvents _events;

    internal NewFiles(IRecordStore store, IKeepingStore keeping, FileIntake intake, FileEvents events) =>
        (_store, _keeping, _intake, _events) = (store, keeping, intake, events);

    /// <summary>Adds the file to the record, unsaved, or says why not: <c>bad-filter</c> of the purpose,
    /// <c>files-too-many</c>, or what <see cref="FileIntake"/> says.</summary>
    /// <param name="context">Who hands it in.</param>
    /// <param name="record">The record.</param>
    /// <param name="rules">What its module says of files.</param>
    /// <param name="file">The file.</param>
    /// <param name="purpose">What it is for; other by default.</param>
    /// <param name="caption">What it shows.</param>
    /// <param name="partId">The part of the record that it shows; the caller has checked it.</param>
    /// <param name="cancellation">Ends the upload.</param>
    public async Task<Result<RecordFile>> AddAsync(
        CommandContext context,
        RecordRef record,
        FileRules rules,
        IFormFile file,
        string? purpose,
        string? caption,
        Guid? partId,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(rules);
        var word = purpose ?? FileRules.Other;
        if (!rules.Knows(word))
        {
            return PageQuery.BadFilter("purpose", [.. rules.Purposes, FileRules.Other]);
        }

        if ((await _store.FilesAsync(record.Id, cancellation)).Count >= RecordLimits.Most)
        {
            return Refusal.ByRule("files-too-many", Rule, []).With("most", RecordLimits.Most);
        }

        var isSignature = word == FileRules.Signature;
        if (
            (await _intake.KeepAsync(file, isSignature, _keeping.HoldContentAsync, cancellation)).Failed(
                out var refusal,
                out var kept
            )
        )
        {
            return refusal;
        }

        var added = RecordFile.Add(
            context,
            record,
            new()
            {
                Purpose = word,
                Caption = caption,
                PartId = partId,
                Name = kept.Name,
                ContentType = kept.ContentType,
                Size = kept.Size,
                Sha256 = kept.Sha256,
                TakenAt = kept.Facts.TakenAt,
                Latitude = kept.Facts.Latitude,
                Longitude = kept.Facts.Longitude,
            },
            _events
        );
        _store.Add(added);
        return added;
    }
}
