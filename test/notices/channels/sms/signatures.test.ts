import assert from 'node:assert/strict';
import { canonicalQuery, signAcs3 } from '../../../../src/notices/channels/sms/acs3-signature.ts';
import { masMac } from '../../../../src/notices/channels/sms/mas.ts';
import { signTc3 } from '../../../../src/notices/channels/sms/tc3-signature.ts';
import { twilioSignature } from '../../../../src/notices/channels/sms/twilio.ts';

describe('signatures of SMS gateways', () => {
  // 固定参数示例 of help.aliyun.com/document_detail/2593177.html, V3版本请求体&签名机制
  it('ACS3 › is that of the example Aliyun publishes', () => {
    const headers = signAcs3({
      host: 'ecs.cn-shanghai.aliyuncs.com',
      query: canonicalQuery({
        RegionId: 'cn-shanghai',
        ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd',
      }),
      action: 'RunInstances',
      version: '2014-05-26',
      id: 'YourAccessKeyId',
      secret: 'YourAccessKeySecret',
      at: new Date('2023-10-26T10:22:32Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
    });
    assert.equal(
      headers['authorization'],
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('ACS3 › what stands in a query is escaped as RFC 3986 has it, sorted by name', () => {
    assert.equal(
      canonicalQuery({ b: '区 长*~', a: "it's (1)!" }),
      'a=it%27s%20%281%29%21&b=%E5%8C%BA%20%E9%95%BF%2A~',
    );
  });

  // cloud.tencent.com/document/api/213/30654, 签名方法 v3; the example's body escapes its Chinese
  it('TC3 › is that of the example Tencent publishes', () => {
    assert.equal(
      signTc3({
        host: 'cvm.tencentcloudapi.com',
        service: 'cvm',
        contentType: 'application/json; charset=utf-8',
        body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
        id: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
        secret: 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
        timestamp: 1_551_113_065,
      }),
      'TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
    );
  });

  // The example of the 云MAS HTTP interface manual with the account demo0. The manual itself is handed out to customers
  // only; its example with this mac is quoted in public programs.
  it('云MAS › is that of the manual’s example, as public programs quote it', () => {
    assert.equal(
      masMac(['政企分公司测试', 'demo0', '123qwe', '13800138000', '移动改变生活。', 'DWItALe3A', '']),
      '7997ddb079db2155b517b21b2a812370',
    );
  });

  // twilio.com/docs/usage/security, and Twilio's own libraries
  it('Twilio › is that of the example Twilio publishes', () => {
    const form = new URLSearchParams({
      To: '+18005551212',
      From: '+14158675309',
      Digits: '1234',
      Caller: '+14158675309',
      CallSid: 'CA1234567890ABCDE',
    });
    assert.equal(
      twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', form),
      'RSOYDt4T1cUTdK1PDd93/VVr8B8=',
    );
  });

  it('Twilio › a field twice › each value counts once, in order, as in its libraries’ example', () => {
    const form = new URLSearchParams([
      ['SidAccount', 'AC123'],
      ['Digits', '5678'],
      ['Sid', 'CA123'],
      ['Digits', '1234'],
      ['Digits', '1234'],
    ]);
    assert.equal(
      twilioSignature('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2', form),
      'IK+Dwps556ElfBT0I3Rgjkr1wJU=',
    );
  });
});
